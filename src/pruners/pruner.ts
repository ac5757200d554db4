import type { JsonObject } from "../trial/json.ts";
import type { Report, Verdict } from "../trial/report.ts";

/** What a pruner sees of one trial. */
export interface ReportedTrial {
  readonly number: number;
  readonly state: "running" | "complete" | "pruned";
  /** In order of step; lower is better. */
  readonly reports: readonly Report[];
}

/** Decides whether a running trial should go on. Pure: the same reports give the same verdict. */
export interface Pruner {
  readonly name: string;
  readonly options: JsonObject;
  /** @param others every other trial that reported, running ones included */
  judge(trial: ReportedTrial, others: readonly ReportedTrial[]): Verdict;
}

/** Lets every trial run to its end. */
export function none(): Pruner {
  return { name: "none", options: {}, judge: () => "continue" };
}
