import type { Assignment } from "../../space/assignment.ts";
import type { Dimension } from "../../space/compile.ts";
import { firstAllowed } from "../allowed.ts";
import { nearestValue } from "../nearest.ts";
import { assign } from "../prior.ts";
import type { ProposalRequest } from "../sampler.ts";
import type { Contest } from "./acquisition.ts";

/** Draws for each candidate, before no more is looked for. */
const TRIES = 20;

/**
 * The best of some whole configurations that relations allow, drawn from the models of good trials: for where the values
 * that are best by themselves may not go together.
 *
 * @param contestAt by index of the dimension
 * @returns null where none of the draws is allowed
 */
export function bestTogether(
  { space, rng, isAllowed }: ProposalRequest,
  contestAt: (dimension: Dimension, index: number) => Contest,
  candidates: number,
): Assignment | null {
  const draw = (): Assignment =>
    assign(space, (dimension, index) =>
      nearestValue(dimension.distribution, contestAt(dimension, index).below.draw(rng)),
    );
  const scoreOf = (assignment: Assignment): number =>
    space.dimensions.reduce((sum, dimension, index) => {
      const value = assignment[dimension.path];
      return value === undefined ? sum : sum + advantage(contestAt(dimension, index), value);
    }, 0);
  let best: Assignment | null = null;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < candidates; i++) {
    const drawn = firstAllowed(draw, isAllowed, TRIES);
    if (drawn === null) continue;
    const score = scoreOf(drawn);
    if (best !== null && !(score > highest)) continue;
    best = drawn;
    highest = score;
  }
  return best;
}

function advantage({ below, above }: Contest, value: number): number {
  return below.score(value, Number.POSITIVE_INFINITY) - above.score(value, Number.POSITIVE_INFINITY);
}
