import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * When a process started, as the system says it: with the pid it is unique, which tells a process from a later one with
 * its pid. Null where there is no such process, a zombie is none, and where the system does not tell.
 */
export function startOf(pid: number): string | null {
  return lookUp(pid) ?? null;
}

/**
 * Whether the process that started then is known to be gone. Where the system does not tell when processes started, one
 * with that pid may be it.
 */
export function isGone(pid: number, started: string): boolean {
  const found = lookUp(pid);
  return found === undefined ? !isThere(pid) : found !== started;
}

/** The same moment for every process, whatever its time zone and language. */
export const PS_ENVIRONMENT: NodeJS.ProcessEnv = { TZ: "UTC", LC_ALL: "C" };

/** Null for a zombie, undefined where there is no such process or the system does not tell. */
function lookUp(pid: number): string | null | undefined {
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): string | null | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "latin1"))?.started ?? null;
  } catch {
    return undefined; // gone, or hidden as another user's
  }
}

function fromPs(pid: number): string | undefined {
  const env = { ...process.env, ...PS_ENVIRONMENT };
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", env });
  return stdout?.trim().split(/\s+/).join(" ") || undefined; // null where there is no `ps`
}

/** Whether a pid is taken. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH"; // EPERM: it is somebody else's
  }
}

/** What a line of `/proc/<pid>/stat` tells. */
export interface Stat {
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Clock ticks since boot, and which boot that was. */
  readonly started: string;
}

/**
 * Null for a process that is dead, and for an empty text.
 *
 * @source proc(5), /proc/pid/stat: the fields after the parenthesised name, which may itself hold parentheses
 */
export function parseStat(text: string): Stat | null {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", parent, group, session] = fields;
  if (state === "" || state === "Z" || state === "X") return null;
  const started = `${fields[19]} ${bootId()}`;
  return { parent: Number(parent), group: Number(group), session: Number(session), started };
}

let boot: string | undefined;

function bootId(): string {
  boot ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return boot;
}
