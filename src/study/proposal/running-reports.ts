import type { PendingProposal } from "../../samplers/sampler.ts";
import type { RunningReport, Trial } from "../../trial/trial.ts";

/** Running trials that a proposal hears of at most: each is kept with the trial that was proposed. */
const MOST = 64;

/** How far trials have come that run: of each the latest finite report, in their order. */
export function latestReports(trials: readonly Trial[]): readonly RunningReport[] {
  const latest: RunningReport[] = [];
  for (const { number, state, reports } of trials) {
    if (state !== "running" || latest.length === MOST) continue;
    const report = reports.findLast(({ value }) => Number.isFinite(value));
    if (report !== undefined) latest.push(Object.freeze({ number, ...report }));
  }
  return latest;
}

/** Pending trials as a sampler is told of them, with what was known of those that ran. */
export function withReports(
  pending: readonly PendingProposal[],
  running: readonly RunningReport[],
): readonly PendingProposal[] {
  if (running.length === 0) return pending;
  const reports = new Map(running.map(({ number, step, value }) => [number, { step, value }]));
  return pending.map((trial) => {
    const report = reports.get(trial.number);
    return report === undefined ? trial : { ...trial, report };
  });
}
