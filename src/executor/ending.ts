import { type OptionLaw, type OptionLaws, orNull } from "../trial/option-check.ts";
import type { Outcome } from "../trial/outcome.ts";
import type { StopReason, Watch } from "./executor.ts";

/** Why a trial was asked to end before it came back by itself. */
export type EarlyEnd = StopReason | "timeout";

/** Default of what an objective has between being asked to end and being killed. */
export const GRACE_MS = 5000;

export interface Limits {
  /** For one trial; null is none. */
  readonly trialTimeoutMs: number | null;
  /** Between asking a trial to end and killing it. */
  readonly graceMs: number;
}

/** A time, which may also be without end: see `Deadline`. */
export const TIME: OptionLaw = {
  expected: "milliseconds from 0",
  accepts: (value) => typeof value === "number" && value >= 0,
};

/** The limits of a trial, as options of an executor. */
export const LIMIT_LAWS: OptionLaws = { trialTimeoutMs: orNull(TIME), graceMs: TIME };

/** Limits of one trial: what is said of it counts before what an executor has for all. */
export function limitsOf({ trialTimeoutMs }: Watch, limits: Limits): Limits {
  return trialTimeoutMs === undefined ? limits : { ...limits, trialTimeoutMs };
}

/** Why a caller's signal was aborted; anything but the known reasons is a cancellation. */
export function stopReasonOf(signal: AbortSignal): StopReason {
  const reason: unknown = signal.reason;
  return reason === "hand-back" || reason === "prune" ? reason : "cancel";
}

/** The outcome of a trial that was asked to end. */
export function endedBy(reason: EarlyEnd, step: number, limits: Limits): Outcome {
  switch (reason) {
    case "cancel":
      return { kind: "cancelled" };
    case "hand-back":
      return { kind: "handed-back" };
    case "prune":
      return { kind: "pruned", step };
    case "timeout":
      return {
        kind: "failed",
        reason: "timeout",
        message: `exceeded the time limit of ${(limits.trialTimeoutMs ?? 0) / 1000} s for a trial`,
      };
  }
}
