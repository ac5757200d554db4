import type { Assignment } from "../space/assignment.ts";
import type { Json } from "./json.ts";
import type { Report, Verdict } from "./report.ts";
import { allUntil, withReport } from "./reports.ts";
import type { FinishedTrial, Holder, Origin, QueuedTrial, RunningTrial, TrialPlan } from "./trial.ts";

/*
 * The life of a trial: every change of state is one of these functions, or `settle` at its end, so all stores agree on
 * it. They take a trial and give the next one, frozen; the sequence and the clock come from the store.
 */

export interface ReserveFields {
  readonly number: number;
  readonly assignment: Assignment;
  readonly fidelity?: number | undefined;
  readonly origin: Origin;
  readonly basis: number;
  readonly memo: Json;
  readonly plan: TrialPlan | null;
  /** The study's sequence after this change. */
  readonly sequence: number;
  readonly nowMs: number;
}

const NO_REPORTS: readonly Report[] = Object.freeze([]);
const NO_HOSTS: readonly string[] = Object.freeze([]);

/** A proposal becomes a queued trial. */
export function reserveTrial(fields: ReserveFields): QueuedTrial {
  const { number, assignment, fidelity, origin, basis, memo, plan, sequence, nowMs } = fields;
  return Object.freeze({
    state: "queued",
    number,
    assignment,
    ...(fidelity === undefined ? {} : { fidelity }),
    origin,
    basis,
    reservedAt: sequence,
    memo,
    plan,
    attempt: 0,
    lost: 0,
    errors: 0,
    hosts: NO_HOSTS,
    reports: NO_REPORTS,
    checkpoint: null,
    queuedAtMs: nowMs,
  });
}

export interface ClaimFields {
  readonly holder: Holder;
  readonly version: string | null;
  readonly leaseUntilMs: number;
  readonly nowMs: number;
}

/** A slot takes the trial: a new attempt, with the reports that the checkpoint covers and no later ones. */
export function claimTrial(trial: QueuedTrial, { holder, version, leaseUntilMs, nowMs }: ClaimFields): RunningTrial {
  return Object.freeze({
    ...trial,
    state: "running",
    attempt: trial.attempt + 1,
    reports: coveredReports(trial),
    holder,
    version,
    startedAtMs: nowMs,
    verdict: "continue",
    resumedFrom: trial.checkpoint,
    leaseUntilMs,
  });
}

function coveredReports({ reports, checkpoint }: QueuedTrial): readonly Report[] {
  if (checkpoint === null || reports.length === 0) return NO_REPORTS;
  return Object.freeze(reports.filter(({ step }) => step <= checkpoint));
}

/** A trial as it waited for its latest attempt, for who did not look then. Reports are those that this attempt found. */
export function beforeAttempt(trial: RunningTrial | FinishedTrial): QueuedTrial {
  const { lost, errors, hosts, checkpoint, queuedAtMs } = trial;
  const reserved = reserveTrial({ ...trial, sequence: trial.reservedAt, nowMs: queuedAtMs });
  const resumed = trial.state === "running" ? trial.resumedFrom : checkpoint;
  const reports = coveredReports({ ...reserved, reports: trial.reports, checkpoint: resumed });
  const isLost = trial.state === "failed" && trial.reason === "lost";
  const counted = isLost ? { lost: lost - 1, hosts: hosts.slice(0, -1) } : { lost, hosts };
  return Object.freeze({ ...reserved, attempt: trial.attempt - 1, errors, reports, checkpoint: resumed, ...counted });
}

/**
 * Notes how far the trial's files go; the same trial where they went as far before. An attempt whose first save is of an
 * earlier step than its beginning did not go on from there but began anew: what came after that step is not the trial's.
 */
export function checkpointTrial(trial: RunningTrial, step: number): RunningTrial {
  const known = trial.checkpoint ?? -1;
  if (step > known) return Object.freeze({ ...trial, checkpoint: step });
  if (step === known || trial.checkpoint !== trial.resumedFrom) return trial;
  return Object.freeze({ ...trial, checkpoint: step, reports: Object.freeze(allUntil(trial.reports, step)) });
}

/** The same trial where nothing is prolonged. */
export function renewLease(trial: RunningTrial, leaseUntilMs: number): RunningTrial {
  return trial.leaseUntilMs === leaseUntilMs ? trial : Object.freeze({ ...trial, leaseUntilMs });
}

/** Puts a report in its place by step; the same trial where the step is already there. */
export function addReport(trial: RunningTrial, report: Report): RunningTrial {
  const reports = withReport(trial.reports, normalReport(report));
  return reports === trial.reports ? trial : Object.freeze({ ...trial, reports: Object.freeze(reports) });
}

/** A report as it is stored: frozen, and without a sign on zero. */
export function normalReport({ step, value }: Report): Report {
  return Object.freeze({ step, value: value + 0 });
}

const SEVERITY: Readonly<Record<Verdict, number>> = { continue: 0, prune: 1, cancel: 2 };

/** Sets the verdict. What a trial may have been told already is not taken back: a verdict only becomes graver. */
export function judgeTrial(trial: RunningTrial, verdict: Verdict): RunningTrial {
  return SEVERITY[verdict] <= SEVERITY[trial.verdict] ? trial : Object.freeze({ ...trial, verdict });
}
