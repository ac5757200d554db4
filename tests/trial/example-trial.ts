import type { Outcome } from "../../src/trial/outcome.ts";
import { type Settlement, settle } from "../../src/trial/settle.ts";
import { addReport, claimTrial, reserveTrial } from "../../src/trial/transition.ts";
import type { QueuedTrial, RunningTrial } from "../../src/trial/trial.ts";

const HOLDER = { host: "h", pid: 1, started: "s", slot: 0 };
export const queued: QueuedTrial = reserveTrial({
  number: 3,
  assignment: { x: 1 },
  fidelity: 9,
  origin: "sampler",
  basis: 4,
  memo: { a: 1 },
  plan: { maxTrials: 9, parallelism: 2 },
  sequence: 5,
  nowMs: 100,
});
export const running: RunningTrial = claim(queued);

export function claim(trial: QueuedTrial, host = "h"): RunningTrial {
  return claimTrial(trial, { holder: { ...HOLDER, host }, version: "v", leaseUntilMs: 300, nowMs: 200 });
}

export function settlement(changes: Partial<Settlement> = {}): Settlement {
  return { sequence: 7, nowMs: 400, maxLost: 3, errorRetries: 0, log: "printed", ...changes };
}

export function report(trial: RunningTrial, ...steps: readonly number[]): RunningTrial {
  return steps.reduce((reported, step) => addReport(reported, { step, value: step / 10 }), trial);
}

/** Settles a running trial that must go back to the queue. */
export function requeued(trial: RunningTrial, outcome: Outcome, changes: Partial<Settlement> = {}): QueuedTrial {
  const next = settle(trial, outcome, settlement(changes));
  if (next.state !== "queued") throw new Error(`expected a queued trial, received ${next.state}`);
  return next;
}
