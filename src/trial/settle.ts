import type { CompleteOutcome, Outcome } from "./outcome.ts";
import { reserveTrial } from "./transition.ts";
import type { QueuedTrial, RunningTrial, Trial, TrialBase } from "./trial.ts";

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

const NOTHING: Readonly<Record<string, never>> = Object.freeze({});

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
  return `what ran it was gone ${times}, killed or with its machine, on ${[...new Set(hosts)].join(", ")}`;
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
