import type { Assignment } from "../space/assignment.ts";
import type { Json } from "./json.ts";
import type { CompleteOutcome, Outcome } from "./outcome.ts";
import type { Report, Verdict } from "./report.ts";
import type { FinishedTrial, Holder, Origin, QueuedTrial, RunningTrial, Trial, TrialBase, TrialPlan } from "./trial.ts";

/*
 * The life of a trial: every change of state is one of these functions, so all stores agree on it. They take a trial
 * and give the next one, frozen; the sequence and the clock come from the store.
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
const NOTHING: Readonly<Record<string, never>> = Object.freeze({});

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

/** Notes how far the trial's files go; the same trial where they went as far before. */
export function checkpointTrial(trial: RunningTrial, step: number): RunningTrial {
  return step <= (trial.checkpoint ?? -1) ? trial : Object.freeze({ ...trial, checkpoint: step });
}

/** The same trial where nothing is prolonged. */
export function renewLease(trial: RunningTrial, leaseUntilMs: number): RunningTrial {
  return trial.leaseUntilMs === leaseUntilMs ? trial : Object.freeze({ ...trial, leaseUntilMs });
}

/** Puts a report in its place by step; the same trial where the step is already there. */
export function addReport(trial: RunningTrial, report: Report): RunningTrial {
  const { reports } = trial;
  let index = reports.length;
  while (index > 0 && (reports[index - 1]?.step ?? -1) > report.step) index--;
  if (reports[index - 1]?.step === report.step) return trial;
  return Object.freeze({ ...trial, reports: Object.freeze(reports.toSpliced(index, 0, normalReport(report))) });
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

export interface Settlement {
  /** The study's sequence after this change. */
  readonly sequence: number;
  readonly nowMs: number;
  readonly maxLost: number;
  readonly errorRetries: number;
  /** What the attempt printed; its last 64 kB. */
  readonly log: string;
}

/**
 * What becomes of a trial when an attempt at it ends with `outcome`. The same trial where nothing changes: terminal
 * states stay as they are, and of a queued trial only `cancelled` can make something else.
 *
 * A verdict weighs more than what the attempt returned: `cancel` ends it cancelled, `prune` ends it pruned unless it
 * was cancelled meanwhile.
 */
export function settle(trial: Trial, outcome: Outcome, settlement: Settlement): Trial {
  if (trial.state === "queued") {
    return outcome.kind === "cancelled" ? ended(trial, settlement, { state: "cancelled" }) : trial;
  }
  if (trial.state !== "running") return trial;
  const decided = judged(trial, outcome);
  switch (decided.kind) {
    case "complete":
      return complete(trial, decided, settlement);
    case "pruned":
      return ended(trial, settlement, { state: "pruned", step: decided.step });
    case "cancelled":
      return ended(trial, settlement, { state: "cancelled" });
    case "handed-back":
      return requeue(trial, settlement, {});
    case "lost":
      return decided.machine === true || hasAdvanced(trial) ? requeue(trial, settlement, {}) : lose(trial, settlement);
    case "failed":
      if (decided.reason === "error" && trial.errors < settlement.errorRetries) {
        return requeue(trial, settlement, { errors: trial.errors + 1 });
      }
      return fail(trial, settlement, decided);
  }
}

/** The outcome after the verdict and the check of the losses. */
function judged(trial: RunningTrial, outcome: Outcome): Outcome {
  if (outcome.kind === "cancelled" || trial.verdict === "cancel") return { kind: "cancelled" };
  if (trial.verdict === "prune" || outcome.kind === "pruned") {
    const given = outcome.kind === "pruned" ? outcome.step : 0;
    return { kind: "pruned", step: trial.reports.at(-1)?.step ?? given };
  }
  if (outcome.kind === "complete" && outcome.losses.some(Number.isNaN)) {
    return { kind: "failed", reason: "invalid", message: "the loss is NaN" };
  }
  return outcome;
}

/** Whether the attempt kept something that the next one can go on from. */
function hasAdvanced({ checkpoint, resumedFrom }: RunningTrial): boolean {
  return (checkpoint ?? -1) > (resumedFrom ?? -1);
}

function complete(trial: RunningTrial, outcome: CompleteOutcome, settlement: Settlement): Trial {
  const { losses, constraints, metrics = NOTHING, attributes = NOTHING } = outcome;
  const own = { state: "complete", losses, metrics, attributes } as const;
  return ended(trial, settlement, constraints === undefined ? own : { ...own, constraints });
}

function lose(trial: RunningTrial, settlement: Settlement): Trial {
  const lost = trial.lost + 1;
  const hosts = Object.freeze([...trial.hosts, trial.holder.host]);
  if (lost < settlement.maxLost) return requeue(trial, settlement, { lost, hosts });
  return fail({ ...trial, lost, hosts }, settlement, { reason: "lost", message: lostMessage({ lost, hosts }) });
}

/** Why a trial failed that was lost too often. */
export function lostMessage({ lost, hosts }: Pick<TrialBase, "lost" | "hosts">): string {
  const times = lost === 1 ? "once" : `${lost} times`;
  return `lost ${times}, on ${[...new Set(hosts)].join(", ")}`;
}

function fail(
  trial: RunningTrial,
  settlement: Settlement,
  { reason, message }: Pick<Extract<Trial, { state: "failed" }>, "reason" | "message">,
): Trial {
  return ended(trial, settlement, { state: "failed", reason, message });
}

/** Back to the queue as it was reserved, with what the attempts left; its reports stay until the next claim. */
function requeue(trial: RunningTrial, { nowMs }: Settlement, changes: Partial<TrialBase>): QueuedTrial {
  const { attempt, lost, errors, hosts, reports, checkpoint } = trial;
  const reserved = reserveTrial({ ...trial, sequence: trial.reservedAt, nowMs });
  return Object.freeze({ ...reserved, attempt, lost, errors, hosts, reports, checkpoint, ...changes });
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
 * What every finished trial keeps of the pending one, and what its own state adds. Field by field: a spread that is
 * followed by other fields costs fifty times as much, and every trial of a study comes through here.
 */
function ended<Own extends object>(
  trial: QueuedTrial | RunningTrial,
  { sequence, nowMs, log }: Settlement,
  own: Own,
): Readonly<Omit<Extract<Trial, { state: "cancelled" }>, "state"> & Own> {
  const { fidelity } = trial;
  const ran = trial.state === "running" ? trial : null;
  const fields = {
    number: trial.number,
    assignment: trial.assignment,
    origin: trial.origin,
    basis: trial.basis,
    reservedAt: trial.reservedAt,
    memo: trial.memo,
    plan: trial.plan,
    attempt: trial.attempt,
    lost: trial.lost,
    errors: trial.errors,
    hosts: trial.hosts,
    reports: trial.reports,
    checkpoint: trial.checkpoint,
    queuedAtMs: trial.queuedAtMs,
    committedAt: sequence,
    holder: ran?.holder ?? null,
    startedAtMs: ran?.startedAtMs ?? null,
    finishedAtMs: nowMs,
    version: ran?.version ?? null,
    log,
    ...own,
  };
  return Object.freeze(fidelity === undefined ? fields : { ...fields, fidelity });
}
