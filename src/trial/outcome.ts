import type { JsonObject } from "./json.ts";

/** Why a trial failed: the objective's own error, its time limit, memory, a dead process, or a value that is no loss. */
export type FailureReason = (typeof FAILURE_REASONS)[number];

export const FAILURE_REASONS = ["error", "timeout", "memory", "crash", "invalid"] as const;

/** One figure for each objective, the first one always there. */
export type Losses = readonly [number, ...number[]];

/** It gave what was asked. */
export interface CompleteOutcome {
  readonly kind: "complete";
  readonly losses: Losses;
  /** One figure a constraint; above 0 is violated. */
  readonly constraints?: readonly number[];
  readonly metrics?: { readonly [name: string]: number };
  readonly attributes?: JsonObject;
}

/** It was stopped early, after its report of `step`. */
export interface PrunedOutcome {
  readonly kind: "pruned";
  readonly step: number;
}

/** It gave nothing, and the message says why. */
export interface FailedOutcome {
  readonly kind: "failed";
  readonly reason: FailureReason;
  readonly message: string;
}

/** The worker vanished or the machine was at fault. `machine`: at fault, so it does not count against `maxLost`. */
export interface LostOutcome {
  readonly kind: "lost";
  readonly message?: string;
  readonly machine?: boolean;
}

/** How one attempt at a trial ended. `lost` and `handed-back` return the trial to the queue. */
export type Outcome =
  | CompleteOutcome
  | PrunedOutcome
  | FailedOutcome
  | LostOutcome
  | { readonly kind: "handed-back" }
  | { readonly kind: "cancelled" };
