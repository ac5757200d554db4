import type { Weight } from "../model/model.ts";
import type { Score } from "./score.ts";

/** An epoch whose weights are worth keeping. */
export interface BestEpoch {
  /** From 0. */
  readonly epoch: number;
  readonly score: Score;
  /** Of each model that is trained. */
  readonly weights: readonly (readonly Weight[])[];
}

/** How far a training is, and what decides how it goes on. */
export interface Progress {
  /** Epochs that were trained. */
  readonly epochs: number;
  /** The one with the lowest loss; null where none gave a finite one. */
  readonly best: BestEpoch | null;
  /** The last one whose loss fell by more than the least difference; patience counts from it. */
  readonly improved: { readonly epoch: number; readonly loss: number } | null;
  /** Whether the last loss was not finite: weights that have diverged stay so. */
  readonly isDiverged: boolean;
}

/** Before the first epoch. */
export const BEGINNING: Progress = { epochs: 0, best: null, improved: null, isDiverged: false };

/** What ends a training. */
export interface EndRules {
  readonly epochs: number;
  /** Epochs without an improvement; null trains all epochs. */
  readonly patience: number | null;
  /** By how much a loss must fall to be an improvement. */
  readonly minDelta: number;
}

/** Whether no epoch is left to train. */
export function isOver({ epochs, improved, isDiverged }: Progress, rules: EndRules): boolean {
  if (isDiverged || epochs >= rules.epochs) return true;
  return rules.patience !== null && improved !== null && epochs - 1 - improved.epoch >= rules.patience;
}

/** Whether an epoch with this loss becomes the best. */
export function isBest({ best }: Progress, loss: number): boolean {
  return Number.isFinite(loss) && (best === null || loss < best.score.loss);
}

/**
 * One epoch later.
 *
 * @param weights of an epoch that becomes the best; else null
 */
export function advance(
  progress: Progress,
  { score, weights }: { readonly score: Score; readonly weights: BestEpoch["weights"] | null },
  { minDelta }: EndRules,
): Progress {
  const epoch = progress.epochs;
  const { loss } = score;
  if (!Number.isFinite(loss)) return { ...progress, epochs: epoch + 1, isDiverged: true };
  const isImproved = progress.improved === null || loss < progress.improved.loss - minDelta;
  return {
    epochs: epoch + 1,
    best: weights === null ? progress.best : { epoch, score, weights },
    improved: isImproved ? { epoch, loss } : progress.improved,
    isDiverged: false,
  };
}
