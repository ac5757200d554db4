import type { CompiledSpace } from "../space/compile.ts";
import { decode } from "../space/decode.ts";
import type { Direction } from "../store/study-record.ts";
import type { JsonObject } from "../trial/json.ts";
import type { FailureReason } from "../trial/outcome.ts";
import type { Report } from "../trial/report.ts";
import { CALLER_SLOT, type Holder, type Origin, type Trial } from "../trial/trial.ts";
import { orient } from "./view/direction.ts";

/** What every trial shows of itself. Losses and reports are in the study's own direction, as the objective gave them. */
export interface StudyTrialBase<P> {
  /** From 0, within its study. */
  readonly number: number;
  readonly params: P;
  /** Its budget, in units of the study's fidelity; null where the study names none. */
  readonly fidelity: number | null;
  readonly origin: Origin;
  /** How often it was started. */
  readonly attempt: number;
  readonly reports: readonly Report[];
  /** When it was queued last: again, where an attempt before this one went back to the queue. */
  readonly queuedAtMs: number;
}

interface Run<P> extends StudyTrialBase<P> {
  /** When its last attempt began; null where none did. */
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number;
  /** Where it ran last. */
  readonly host: string | null;
  /** Which slot of a process there had it, from 0; null where none did, as with the caller of `ask()`. */
  readonly slot: number | null;
  /** Hash of the objective that ran; null for a function of this process. */
  readonly version: string | null;
  /** The last 64 kB of output; empty where only `study.trial(number)` reads it. */
  readonly log: string;
}

/** Waiting for a slot. */
export interface QueuedStudyTrial<P> extends StudyTrialBase<P> {
  readonly state: "queued";
}
/** In a slot, or with the caller of `ask()`. */
export interface RunningStudyTrial<P> extends StudyTrialBase<P> {
  readonly state: "running";
  readonly startedAtMs: number;
  readonly host: string;
  /** Which slot of a process there has it, from 0; null where the caller of `ask()` does. */
  readonly slot: number | null;
  /** When it counts as lost, by the store's clock, unless its holder gives a sign of life before. */
  readonly leaseUntilMs: number;
}
/** Has a loss. */
export interface CompleteStudyTrial<P> extends Run<P> {
  readonly state: "complete";
  readonly loss: number;
  readonly metrics: { readonly [name: string]: number };
  readonly attributes: JsonObject;
}
/** Stopped early; its last report counts. */
export interface PrunedStudyTrial<P> extends Run<P> {
  readonly state: "pruned";
  readonly step: number;
}
/** Has no loss, and a reason. */
export interface FailedStudyTrial<P> extends Run<P> {
  readonly state: "failed";
  readonly reason: FailureReason | "lost";
  readonly message: string;
}
/** Ended by a person; samplers learn nothing from it. */
export interface CancelledStudyTrial<P> extends Run<P> {
  readonly state: "cancelled";
}

/** One evaluation of one params, as a study shows it. */
export type StudyTrial<P> =
  | QueuedStudyTrial<P>
  | RunningStudyTrial<P>
  | CompleteStudyTrial<P>
  | PrunedStudyTrial<P>
  | FailedStudyTrial<P>
  | CancelledStudyTrial<P>;

/** Shows a stored trial: params decoded, figures turned to the user's direction. */
export function showTrial<P>(trial: Trial, space: CompiledSpace, direction: Direction): StudyTrial<P> {
  const base = {
    number: trial.number,
    params: decode(space, trial.assignment) as P, // the space is the one that P was inferred from
    fidelity: trial.fidelity ?? null,
    origin: trial.origin,
    attempt: trial.attempt,
    reports: trial.reports.map(({ step, value }) => ({ step, value: orient(direction, value) })),
    queuedAtMs: trial.queuedAtMs,
  };
  if (trial.state === "queued") return { state: "queued", ...base };
  if (trial.state === "running") {
    const { holder, startedAtMs, leaseUntilMs } = trial;
    return { state: "running", ...base, startedAtMs, host: holder.host, slot: slotOf(holder), leaseUntilMs };
  }
  const { startedAtMs, finishedAtMs, version, log } = trial;
  const place = { host: trial.holder?.host ?? null, slot: slotOf(trial.holder) };
  const run = { startedAtMs, finishedAtMs, ...place, version, log, ...base };
  switch (trial.state) {
    case "complete": {
      const { metrics, attributes } = trial;
      return { state: "complete", ...run, loss: orient(direction, trial.losses[0]), metrics, attributes };
    }
    case "pruned":
      return { state: "pruned", ...run, step: trial.step };
    case "failed":
      return { state: "failed", ...run, reason: trial.reason, message: trial.message };
    case "cancelled":
      return { state: "cancelled", ...run };
  }
}

function slotOf(holder: Holder | null): number | null {
  return holder === null || holder.slot === CALLER_SLOT ? null : holder.slot;
}
