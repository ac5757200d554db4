import { hostname } from "node:os";
import { isGone, startOf } from "../executor/process-start.ts";
import type { Holder } from "../trial/trial.ts";

/** Asked once: every claim names it. */
const HOST = hostname();

/** This process as the holder of a slot. */
export function thisHolder(slot: number): Holder {
  return Object.freeze({ host: HOST, pid: process.pid, started: ownStart(), slot });
}

/** Whether the process behind a holder is known to be gone. A holder on another host never is. */
export function isDead(holder: Holder): boolean {
  if (holder.host !== HOST) return false;
  if (holder.pid === process.pid) return holder.started !== ownStart();
  return isGone(holder.pid, holder.started);
}

let own: string | undefined;

/** When this process started; where the system does not tell, a moment close enough to tell it from others. */
function ownStart(): string {
  own ??= startOf(process.pid) ?? `at ${Math.round(Date.now() / 1000 - process.uptime())}`;
  return own;
}
