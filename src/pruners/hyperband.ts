import { rungsOf } from "../trial/fidelity.ts";
import { resolveOptions } from "../trial/strategy-options.ts";
import {
  checkFirstRung,
  checkLadder,
  LADDER_RULES,
  type LadderOptions,
  ladderOf,
  rungsFailed,
  rungsReached,
} from "./halving.ts";
import type { Pruner } from "./pruner.ts";

/** Options of {@link hyperband}. */
export type HyperbandOptions = LadderOptions;

/**
 * Hyperband in its asynchronous form: several brackets of successive halving side by side, each with its first rung
 * further up than the one before, the last one without any. A trial's number says its bracket, and it is compared
 * with those of its bracket alone. Until something tells how far a whole trial goes, none is pruned.
 *
 * @throws ParzenError OPTION_INVALID
 * @source Li et al. 2018 (JMLR 18, 185), section 3, and Li et al. 2020 (MLSys 2); brackets have the shares of
 * Optuna 5.0's HyperbandPruner
 */
export function hyperband(options: HyperbandOptions = {}): Pruner {
  const settings = resolveOptions("hyperband", LADDER_RULES, options);
  checkLadder("hyperband", settings);
  return {
    name: "hyperband",
    options: settings,
    check: (plan) => checkFirstRung("hyperband", settings, plan),
    judge(trial, others, plan) {
      const { max, ...ladder } = ladderOf(settings, others, plan);
      if (max === null) return "continue";
      const starts = startsOf({ ...ladder, max });
      const bracketOf = bracketsOf(starts.length, ladder.eta);
      const bracket = bracketOf(trial.number);
      const own = { ...ladder, min: starts[bracket] ?? max, max };
      if (rungsReached(trial, own).length === 0) return "continue"; // most reports: then nobody's bracket matters
      const rivals = others.filter(({ number }) => bracketOf(number) === bracket);
      return rungsFailed(trial, rivals, own).length > 0 ? "prune" : "continue";
    },
  };
}

/** The first rung of each bracket; that of the last one is the end, where nothing is decided. */
function startsOf(ladder: { readonly min: number; readonly max: number; readonly eta: number }): readonly number[] {
  return [...rungsOf(ladder), ladder.max];
}

/** Turns about the golden section: any run of numbers has its fair share of every bracket. */
const TURN = (Math.sqrt(5) - 1) / 2;

/** From a trial's number to its bracket; so many begin in each that all brackets have the same compute. */
function bracketsOf(count: number, eta: number): (number: number) => number {
  const shares = Array.from({ length: count }, (_, bracket) => {
    const rungs = count - 1 - bracket;
    return Math.ceil((count * eta ** rungs) / (rungs + 1));
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  return (number) => {
    let left = ((number * TURN) % 1) * total;
    for (let bracket = 0; bracket < count; bracket++) {
      left -= shares[bracket] ?? 0;
      if (left < 0) return bracket;
    }
    return count - 1;
  };
}
