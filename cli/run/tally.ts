import type { StudyView } from "../../src/study/view/view.ts";
import { etaMs } from "../study/eta.ts";
import { type BestLoss, bestLossOf, countsOf, finishedCount, totalOf } from "../study/study-view.ts";

/** How far a study is, in figures. */
export interface Tally {
  readonly finished: number;
  /** Null without a limit. */
  readonly total: number | null;
  /** Null while no trial is complete. */
  readonly best: BestLoss | null;
  readonly running: number;
  readonly failed: number;
  readonly pruned: number;
  readonly isPaused: boolean;
  readonly etaMs: number | null;
}

export function tallyOf(view: StudyView, slots: number): Tally {
  const counts = countsOf(view);
  const { study } = view;
  return {
    finished: finishedCount(counts),
    total: totalOf(study),
    best: bestLossOf(view),
    running: counts.running,
    failed: counts.failed,
    pruned: counts.pruned,
    isPaused: study.control === "paused",
    etaMs: etaMs(view, slots),
  };
}
