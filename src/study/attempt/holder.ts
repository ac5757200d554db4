import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { threadId } from "node:worker_threads";
import { isGone, startOf } from "../../executor/process/process-start.ts";
import type { Holder } from "../../trial/trial.ts";

/** Asked once: every claim names it. */
const HOST = hostname();

/** The pid namespace of a machine itself. @source PROC_PID_INIT_INO of Linux */
const MACHINE = "pid:[4026531836]";

/** Where this process is: a container may have the name of its host, but has pids of its own. Empty for the machine. */
const PLACE = placeOf();

/** A holder's `started`: when its process began, in which container where it is in one, which thread but the main one. */
const STARTED = /^(?<begun>.*?)(?: in (?<place>pid:\[\d+\]))?(?: thread (?<thread>\d+))?$/;

/** This thread of this process as the holder of a slot. */
export function thisHolder(slot: number): Holder {
  return Object.freeze({ host: HOST, pid: process.pid, started: ownStart(), slot });
}

/** What is known of a holder: it is this thread; its process lives, or does not; only its lease tells. */
export type Life = "own" | "living" | "dead" | "unknown";

/** Of a process on this host the system knows whether it lives; of other hosts, containers and threads it does not. */
export function lifeOf({ host, pid, started }: Holder): Life {
  if (host !== HOST) return "unknown";
  if (pid === process.pid && started === ownStart()) return "own";
  const { begun = "", place = "", thread } = STARTED.exec(started)?.groups ?? {};
  if (place !== PLACE) return "unknown";
  const isOver = pid === process.pid ? begun !== processStart() : isGone(pid, begun);
  if (isOver) return "dead";
  return thread === undefined ? "living" : "unknown";
}

/** Whether the process behind a holder is known to be gone. */
export function isDead(holder: Holder): boolean {
  return lifeOf(holder) === "dead";
}

function placeOf(): string {
  try {
    const place = readlinkSync("/proc/self/ns/pid");
    return place === MACHINE ? "" : place;
  } catch {
    return ""; // only Linux has them
  }
}

let own: string | undefined;

function ownStart(): string {
  own ??= `${processStart()}${PLACE && ` in ${PLACE}`}${threadId === 0 ? "" : ` thread ${threadId}`}`;
  return own;
}

let start: string | undefined;

/** When this process started; where the system does not tell, a moment close enough to tell it from others. */
function processStart(): string {
  start ??= startOf(process.pid) ?? `at ${Math.round(Date.now() / 1000 - process.uptime())}`;
  return start;
}
