import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Holder } from "../trial/trial.ts";

/** This process as the holder of a slot. */
export function thisHolder(slot: number): Holder {
  return { host: hostname(), pid: process.pid, started: ownStart(), slot };
}

/** Whether the process behind a holder is known to be gone. A holder on another host never is. */
export function isDead(holder: Holder): boolean {
  if (holder.host !== hostname()) return false;
  if (holder.pid === process.pid) return holder.started !== ownStart();
  return startOf(holder.pid) !== holder.started;
}

let own: string | undefined;

function ownStart(): string {
  own ??= startOf(process.pid) ?? `at ${Math.round(Date.now() / 1000 - process.uptime())}`;
  return own;
}

/** When a process started, as the system says it; distinguishes a reused pid. Null where there is no such process. */
function startOf(pid: number): string | null {
  if (process.platform === "linux") return startOnLinux(pid);
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

/** Clock ticks since boot, field 22 of `/proc/<pid>/stat`; the second field, the name, may hold spaces and brackets. */
function startOnLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const isZombie = fields[0] === "Z";
    return isZombie ? null : `${fields[19]} ${bootId()}`;
  } catch {
    return null;
  }
}

let boot: string | undefined;

function bootId(): string {
  boot ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return boot;
}
