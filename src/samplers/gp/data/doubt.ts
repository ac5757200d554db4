/**
 * How far a loss is to be believed: as it is; less, since it is a guess of what a pruned trial would have come to; or
 * less, since there is none, or one out of all proportion. The latter may tell of its place, as where trainings diverge,
 * or of nothing, as where a machine fails now and then.
 */
export const DOUBT = { none: 0, guessed: 1, failed: 2 } as const;

/** The kinds that add to the noise. */
export const DOUBTS = ["guessed", "failed"] as const;

/** A number for each `DOUBT`, 0 at first. */
export function byDoubt(): Float64Array {
  return new Float64Array(DOUBTS.length + 1);
}

/** A `DOUBT` for each trial. */
export type Doubts = Uint8Array;
