import { checkFirstRung, fallsShort, type LadderOptions, ladderOf, resolveLadder } from "./halving.ts";
import type { Pruner } from "./pruner.ts";

/** Options of {@link successiveHalving}. */
export type SuccessiveHalvingOptions = LadderOptions;

/**
 * Asynchronous successive halving (ASHA): at each rung a trial goes on if it is among the best of all that came so far,
 * one in `eta`. Nobody waits for anybody.
 *
 * @throws ParzenError OPTION_INVALID
 * @source Li et al. 2020 (MLSys 2), in the form that stops trials; decides as Optuna 5.0's SuccessiveHalvingPruner
 * below `max`
 */
export function successiveHalving(options: SuccessiveHalvingOptions = {}): Pruner {
  const settings = resolveLadder("successiveHalving", options);
  return {
    name: "successiveHalving",
    options: settings,
    check: (plan) => checkFirstRung("successiveHalving", settings, plan),
    judge: (trial, others, plan) =>
      fallsShort(trial, others, ladderOf(settings, others, plan)) ? "prune" : "continue",
  };
}
