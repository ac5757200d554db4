import type { Assignment } from "../space/assignment.ts";
import type { Losses } from "./outcome.ts";
import type { Report } from "./report.ts";

/** What a sampler learns from one finished trial. */
export interface Observation {
  /** Null for a result that was imported. */
  readonly number: number | null;
  readonly assignment: Assignment;
  readonly fidelity?: number;
  /** In order of step. */
  readonly reports: readonly Report[];
  readonly result: ObservedResult;
}

/** What came of it. A failed one is taken for worse than every loss. */
export type ObservedResult =
  | { readonly kind: "complete" | "pruned"; readonly losses: Losses; readonly constraints?: readonly number[] }
  | { readonly kind: "failed" };
