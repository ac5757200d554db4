import { hostname } from "node:os";
import { threadId } from "node:worker_threads";
import { isGone, startOf } from "../executor/process-start.ts";
import type { Holder } from "../trial/trial.ts";

/** Asked once: every claim names it. */
const HOST = hostname();

/** Comes before the number of a worker thread, where a process began: its end is not that of the process. */
const THREAD = " thread ";

/** This thread of this process as the holder of a slot. */
export function thisHolder(slot: number): Holder {
  return Object.freeze({ host: HOST, pid: process.pid, started: ownStart(), slot });
}

/** What is known of a holder: it is this thread; its process lives, or does not; only its lease tells. */
export type Life = "own" | "living" | "dead" | "unknown";

/** Of a process on this host the system knows whether it lives; of other hosts, and of threads, it does not. */
export function lifeOf({ host, pid, started }: Holder): Life {
  if (host !== HOST) return "unknown";
  if (pid === process.pid && started === ownStart()) return "own";
  const [begun = "", thread] = started.split(THREAD);
  const isOver = pid === process.pid ? begun !== processStart() : isGone(pid, begun);
  if (isOver) return "dead";
  return thread === undefined ? "living" : "unknown";
}

/** Whether the process behind a holder is known to be gone. */
export function isDead(holder: Holder): boolean {
  return lifeOf(holder) === "dead";
}

function ownStart(): string {
  return threadId === 0 ? processStart() : `${processStart()}${THREAD}${threadId}`;
}

let own: string | undefined;

/** When this process started; where the system does not tell, a moment close enough to tell it from others. */
function processStart(): string {
  own ??= startOf(process.pid) ?? `at ${Math.round(Date.now() / 1000 - process.uptime())}`;
  return own;
}
