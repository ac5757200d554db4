import type { Fidelity } from "../trial/fidelity.ts";
import type { JsonObject } from "../trial/json.ts";
import type { Report } from "../trial/report.ts";

/** What a pruner sees of one trial. */
export interface ReportedTrial {
  readonly number: number;
  readonly state: "running" | "complete" | "pruned";
  /** In order of step; lower is better, NaN never is. */
  readonly reports: readonly Report[];
}

/** What is known of the search as a whole. */
export interface PruningPlan {
  /** The budget that the study names; the steps of reports are in its units. */
  readonly fidelity?: Fidelity;
}

/**
 * Decides whether a running trial should go on. It is asked at each report, in order.
 *
 * Pure: the same reports give the same verdict, in whatever order the others come. A trial that no other can be
 * compared with goes on, unless the pruner holds an absolute bound.
 */
export interface Pruner {
  /** Stored with the study, with `options`; neither is part of what the study is. */
  readonly name: string;
  readonly options: JsonObject;
  /**
   * @param trial up to the report that is judged, its last one
   * @param others every other trial that reported and did not fail, running ones included
   */
  judge(trial: ReportedTrial, others: readonly ReportedTrial[], plan: PruningPlan): "continue" | "prune";
  /** @throws ParzenError OPTION_INVALID where it could never prune in such a search */
  check?(plan: PruningPlan): void;
  /**
   * The same pruner for reports that were turned, of a maximizing study. Only one whose options are figures of the
   * objective, such as a bound, has it.
   */
  turned?(): Pruner;
}
