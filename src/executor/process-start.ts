import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * When a process started, as the system says it: with the pid it is unique, which tells a process from a later one with
 * its pid. Null where there is no such process; a zombie is none.
 */
export function startOf(pid: number): string | null {
  try {
    if (process.platform === "linux") return parseStat(readFileSync(`/proc/${pid}/stat`, "latin1"))?.started ?? null;
    const text = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return text.trim().split(/\s+/).join(" ") || null;
  } catch {
    return null;
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
