import type { Dependence } from "../src/importance/dependence.ts";
import type { Importance } from "../src/importance/importance.ts";
import type { CompiledSpace } from "../src/space/compile.ts";
import { isObject } from "../src/space/object.ts";
import type { Direction, TestRecord } from "../src/store/study-record.ts";
import type { StoredStudy } from "../src/study/stored-study.ts";
import type { CompleteStudyTrial, StudyTrial } from "../src/study/study-trial.ts";
import { orient } from "../src/study/view/direction.ts";
import { invalid } from "../src/trial/option-check.ts";

/** What can be drawn: a study of `createStudy` or `openStudy`. */
export type Plottable = Pick<
  StoredStudy,
  "name" | "space" | "refresh" | "best" | "trials" | "importance" | "dependence"
>;

/** A study as it was when it was read. */
export interface DrawnStudy {
  readonly name: string;
  readonly space: CompiledSpace;
  /** What the loss is called. */
  readonly metric: string;
  readonly direction: Direction;
  readonly trials: readonly StudyTrial<unknown>[];
  /** The complete trial with the best loss, the earliest of equals; null where none is. */
  readonly best: CompleteStudyTrial<unknown> | null;
  readonly tests: readonly TestRecord[];
  /** Null with too few trials to tell, and where it was not asked for; so is the next. */
  readonly importance: Importance | null;
  readonly dependence: Dependence | null;
  /** When it was read, in milliseconds since the epoch. */
  readonly readAtMs: number;
}

/** What of a study is reckoned rather than read. Each takes as long as a proposal of `gp`, and longer in large spaces. */
export type Reckoned = "importance" | "dependence";

/** A caller without types may give anything. @throws OPTION_INVALID for what is no study */
export function checkPlottable(study: Plottable): void {
  if (isObject(study) && typeof study.refresh === "function") return;
  throw invalid("study", "a study of createStudy or openStudy", study);
}

/** @param study was checked */
export async function readStudy(study: Plottable, wanted: readonly Reckoned[] = []): Promise<DrawnStudy> {
  const { name, space } = study;
  const { metric, direction, tests } = await study.refresh();
  const importance = wanted.includes("importance") ? await study.importance() : null;
  const dependence = wanted.includes("dependence") ? await study.dependence() : null;
  const best = await study.best();
  const readAtMs = Date.now();
  const trials = await study.trials();
  return { name, space, metric, direction, best, tests, importance, dependence, readAtMs, trials };
}

/** A trial with the figure that stands for it. */
export interface Valued {
  readonly trial: StudyTrial<unknown>;
  /** Its loss, or the last that a pruned one reported. */
  readonly value: number;
}

/** Trials that have come to a finite figure, in the order of their numbers. */
export function valued({ trials }: Pick<DrawnStudy, "trials">): readonly Valued[] {
  return trials.flatMap((trial) => {
    const value = figureOf(trial);
    return value !== null && Number.isFinite(value) ? [{ trial, value }] : [];
  });
}

/** What stands for a trial: its loss, or the last that a pruned one reported; null where it has neither. */
export function figureOf(trial: StudyTrial<unknown>): number | null {
  if (trial.state === "complete") return trial.loss;
  if (trial.state !== "pruned") return null;
  return trial.reports.findLast(({ value }) => Number.isFinite(value))?.value ?? null;
}

export function isBestOf({ best }: DrawnStudy): (each: Valued) => boolean {
  return ({ trial }) => trial.number === best?.number;
}

export function isPruned({ trial }: Valued): boolean {
  return trial.state === "pruned";
}

/** Below 0 where `a` is better than `b`, above where it is worse: an order with the best first. */
export function compareLosses(direction: Direction, a: number, b: number): number {
  return orient(direction, a) - orient(direction, b);
}
