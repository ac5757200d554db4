import { checkRows } from "../argument-check.ts";
import { meanOver, sumOver } from "./mean-over.ts";

/** Sum of |predicted - target|, in the target's unit. Both shape [n]. */
export function absoluteLoss(predicted: ArrayLike<number>, targets: ArrayLike<number>): number {
  checkRows("absoluteLoss", { predicted, targets });
  return sumOver(targets, (target, row) => Math.abs((predicted[row] ?? Number.NaN) - target));
}

/** Sum of (predicted - target)², in the target's unit squared. Both shape [n]. */
export function squaredLoss(predicted: ArrayLike<number>, targets: ArrayLike<number>): number {
  checkRows("squaredLoss", { predicted, targets });
  return sumOver(targets, (target, row) => ((predicted[row] ?? Number.NaN) - target) ** 2);
}

/** Mean of |predicted - target|, in the target's unit. */
export function meanAbsoluteError(predicted: ArrayLike<number>, targets: ArrayLike<number>): number {
  checkRows("meanAbsoluteError", { predicted, targets });
  return absoluteLoss(predicted, targets) / targets.length;
}

/** Mean of (predicted - target)², in the target's unit squared. */
export function meanSquaredError(predicted: ArrayLike<number>, targets: ArrayLike<number>): number {
  checkRows("meanSquaredError", { predicted, targets });
  return squaredLoss(predicted, targets) / targets.length;
}

/** Square root of the mean squared error, in the target's unit. */
export function rootMeanSquaredError(predicted: ArrayLike<number>, targets: ArrayLike<number>): number {
  checkRows("rootMeanSquaredError", { predicted, targets });
  return Math.sqrt(meanSquaredError(predicted, targets));
}

/**
 * Coefficient of determination: 1 less the squared loss over that of always predicting the mean. At most 1; negative
 * where the mean predicts better. Of targets that are all equal it is 1 where every prediction is right and else 0; of
 * fewer than two it is NaN.
 */
export function r2Score(predicted: ArrayLike<number>, targets: ArrayLike<number>): number {
  checkRows("r2Score", { predicted, targets });
  if (targets.length < 2) return Number.NaN;
  const origin = targets[0] ?? 0; // equal targets have their very value as mean
  const mean = origin + meanOver(targets, (target) => target - origin);
  const spread = sumOver(targets, (target) => (target - mean) ** 2);
  const loss = squaredLoss(predicted, targets);
  if (spread > 0 || Number.isNaN(loss)) return 1 - loss / spread;
  return loss === 0 ? 1 : 0;
}
