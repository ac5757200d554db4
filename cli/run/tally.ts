import { orient } from "../../src/study/view/direction.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { etaMs } from "../study/eta.ts";
import { countsOf, finishedCount, totalOf } from "../study/study-view.ts";

/** How far a study is, in figures. */
export interface Tally {
  readonly finished: number;
  /** Null without a limit. */
  readonly total: number | null;
  /** In the study's own direction; null while no trial is complete. */
  readonly best: { readonly number: number; readonly loss: number } | null;
  readonly running: number;
  readonly failed: number;
  readonly pruned: number;
  readonly isPaused: boolean;
  readonly etaMs: number | null;
}

export function tallyOf(view: StudyView, slots: number): Tally {
  const counts = countsOf(view);
  const { best, study } = view;
  return {
    finished: finishedCount(counts),
    total: totalOf(study),
    best: best === null ? null : { number: best.number, loss: orient(study.direction, best.losses[0]) },
    running: counts.running,
    failed: counts.failed,
    pruned: counts.pruned,
    isPaused: study.control === "paused",
    etaMs: etaMs(view, slots),
  };
}
