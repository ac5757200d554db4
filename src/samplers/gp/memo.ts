import type { Json } from "../../trial/json.ts";
import { clampEntry, type Theta } from "./kernel/theta.ts";
import { VIEWS } from "./views.ts";

/** Hyperparameters, and how many observations they were fitted to. */
export interface Fit {
  readonly trials: number;
  readonly theta: Theta;
}

/** The latest fit of each view, null before the first. */
export type Fits = readonly (Fit | null)[];

const NO_FITS: Fits = Array.from({ length: VIEWS }, () => null);

/** Larger spaces fit anew every time: their hyperparameters would not fit into a memo. */
const MOST_ENTRIES = 200;

export function memoOf(fits: Fits): Json {
  if (fits.every((fit) => fit === null) || fits.some((fit) => fit !== null && fit.theta.length > MOST_ENTRIES)) {
    return null;
  }
  return { gp: fits.map((fit) => fit && [fit.trials, ...fit.theta]) };
}

/**
 * Reads what `memoOf` wrote.
 *
 * @param memo anything: another sampler or another space may have left it
 * @param size entries of a theta
 */
export function fitsFrom(memo: Json, size: number): Fits {
  if (typeof memo !== "object" || memo === null || Array.isArray(memo) || !("gp" in memo)) return NO_FITS;
  const fits: unknown = memo["gp"];
  if (!Array.isArray(fits) || fits.length !== VIEWS) return NO_FITS;
  return fits.map((entries: unknown): Fit | null => {
    if (!Array.isArray(entries) || entries.length !== size + 1 || !entries.every(Number.isFinite)) return null;
    const [trials, ...theta] = entries as number[]; // checked above
    return { trials: trials ?? 0, theta: Float64Array.from(theta, (entry, index) => clampEntry(entry, index, size)) };
  });
}
