import { resolveOptions, share } from "../trial/strategy-options.ts";
import { checkFirstRung, checkLadder, LADDER_RULES, type LadderOptions, ladderOf, rungsFailed } from "./halving.ts";
import type { Pruner } from "./pruner.ts";
import { isSpared } from "./spared.ts";

/** Options of {@link successiveHalving}. */
export interface SuccessiveHalvingOptions extends LadderOptions {
  /**
   * Share of the complete trials, the best of them, at least one: a trial that is no worse at a rung than the worst of
   * these was there goes on as well, by the best report of each since half way to it. From 0 to 1; with 0, ranks alone
   * decide. Default 0.7.
   */
  readonly spare?: number;
}

const RULES = { ...LADDER_RULES, spare: share(0.7) };

/**
 * Asynchronous successive halving (ASHA): at each rung a trial goes on if it is among the best of all that came so far,
 * one in `eta`, or if it is no worse there than trials were that came out well. A rung before a fifth of the whole stops
 * nobody until it has been seen to tell something of the end. Nobody waits for anybody.
 *
 * A sampler that learns soon proposes good ones alone. What is best among them in the end, their ranks at a rung do not
 * tell: docs/search-experiments.md.
 *
 * @throws ParzenError OPTION_INVALID
 * @source Li et al. 2020 (MLSys 2), in the form that stops trials; with `spare: 0` it decides as Optuna 5.0's
 * SuccessiveHalvingPruner below `max`
 */
export function successiveHalving(options: SuccessiveHalvingOptions = {}): Pruner {
  const settings = resolveOptions("successiveHalving", RULES, options);
  checkLadder("successiveHalving", settings);
  return {
    name: "successiveHalving",
    options: settings,
    check: (plan) => checkFirstRung("successiveHalving", settings, plan),
    judge: (trial, others, plan) => {
      const ladder = ladderOf(settings, others, plan);
      const sparing = { max: ladder.max, share: settings.spare };
      const failed = rungsFailed(trial, others, ladder);
      return failed.every((rung) => isSpared(trial, others, { rung, ...sparing })) ? "continue" : "prune";
    },
  };
}
