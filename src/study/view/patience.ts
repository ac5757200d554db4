/** How long a study has gone without something better. */
export interface Progress {
  readonly best: number;
  /** Finished trials since `best`; the very first one counts too. */
  readonly without: number;
}

/** Before the first trial. */
export const NO_PROGRESS: Progress = { best: Number.POSITIVE_INFINITY, without: 0 };

/**
 * Counts one more finished trial.
 *
 * @param loss infinite for a trial that gave none
 * @param percent how much better, in percent of |best|, counts as better
 * @source `no_progress_loss` of Hyperopt
 */
export function progressAfter(progress: Progress, loss: number, percent = 0): Progress {
  const { best, without } = progress;
  const isFirst = best === Number.POSITIVE_INFINITY;
  const isBetter = loss < (isFirst ? best : best - Math.abs(best * (percent / 100)));
  if (!isBetter) return { best, without: without + 1 };
  return { best: loss, without: isFirst && without === 0 ? 1 : 0 };
}
