import type { Rng } from "../../random/stream.ts";
import type { Model } from "./model.ts";

export interface Contest {
  readonly below: Model;
  readonly above: Model;
  /** How many values are drawn. */
  readonly candidates: number;
  /** True lets a score that is NaN win, as Hyperopt does; otherwise it never does. */
  readonly nanWins: boolean;
}

/**
 * Draws values from the model of good trials and returns the one that is most likely to be good: the largest
 * ln below - ln above, the first of equal ones.
 *
 * A value whose density among the bad ones is already too high is given up before it is known to the end.
 *
 * @source Bergstra et al. 2011 (NeurIPS 24), section 4: expected improvement grows with below/above
 */
export function bestCandidate({ below, above, candidates, nanWins }: Contest, rng: Rng): number {
  let best = below.draw(rng);
  let bestScore = scoreOf(best, below, above, Number.NEGATIVE_INFINITY);
  const drawn = new Set([best]);
  for (let i = 1; i < candidates; i++) {
    const value = below.draw(rng);
    if (drawn.has(value)) continue; // its score is known, and the first of equal ones wins
    drawn.add(value);
    const score = scoreOf(value, below, above, bestScore);
    if (!isBetter(score, bestScore, nanWins)) continue;
    best = value;
    bestScore = score;
  }
  return best;
}

/** Exact where it is above `best`; otherwise at most `best`. */
function scoreOf(value: number, below: Model, above: Model, best: number): number {
  const good = below.score(value, Number.POSITIVE_INFINITY);
  return good - above.score(value, good - best);
}

/** Whether a later score replaces an earlier one, so that the first of the largest wins. */
export function isBetter(score: number, best: number, nanWins: boolean): boolean {
  if (nanWins) return !Number.isNaN(best) && (Number.isNaN(score) || score > best);
  return Number.isNaN(best) ? !Number.isNaN(score) : score > best;
}
