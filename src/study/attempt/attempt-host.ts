import type { Executor } from "../../executor/executor.ts";
import type { Store } from "../../store/store.ts";
import type { StudyRecord } from "../../store/study-record.ts";
import type { Report, Verdict } from "../../trial/report.ts";
import type { RunningTrial } from "../../trial/trial.ts";
import type { Retry } from "./store-retry.ts";

/** The part of a store that an attempt speaks with. */
export type AttemptStore = Pick<Store, "artifacts" | "claim" | "renew" | "report" | "checkpoint" | "commit">;

/** What one attempt at a trial needs from the process that makes it. */
export interface AttemptHost extends Retry {
  readonly store: AttemptStore;
  readonly executor: Executor;
  readonly study: StudyRecord;
  /** Name of the sweep whose objective is meant. */
  readonly objective: string;
  readonly version: string | null;
  readonly leaseMs: number;
  /** The executor's slot that is meant, where its caller keeps count of them. */
  readonly slot?: number;
  started(trial: RunningTrial): void;
  printed(trial: number, text: string): void;
  /**
   * Of reports that come at once, turned inward: the first ones, at least one, after which `judge` is asked before more are
   * stored. Null where it decides nothing, rather than some other process that reads the store.
   */
  readonly untilJudged: ((trial: number, reports: readonly Report[]) => Promise<readonly Report[]>) | null;
  /** Hears reports as they are stored, and may tighten the store's verdict. */
  judge(trial: RunningTrial, reports: readonly Report[], verdict: Verdict): Promise<Verdict>;
}
