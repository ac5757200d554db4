import { standardNormal } from "../../numerics/normal.ts";
import { roundHalfEven } from "../../numerics/round.ts";
import type { Rng } from "../../random/stream.ts";
import type { Distribution } from "../../space/distribution.ts";
import { drawPrior } from "../prior.ts";

/**
 * Rounds as Hyperopt does: ties to the even multiple, no clipping. A draw near a bound may leave it.
 *
 * @param q 0 leaves the draw as it is
 */
export function roundToMultiple(draw: number, q: number): number {
  return q === 0 ? draw : roundHalfEven(draw / q) * q;
}

/**
 * Draws one value as Hyperopt does: quantized kinds are rounded after a draw between their bounds, so the outer grid
 * values have about half their mass, and one outside the bounds may come up.
 */
export function drawHyperoptPrior(distribution: Distribution, rng: Rng): number {
  switch (distribution.kind) {
    case "uniformint":
      return roundToMultiple(between(distribution.low, distribution.high, rng), 1);
    case "quniform":
      return roundToMultiple(between(distribution.low, distribution.high, rng), distribution.q);
    case "qloguniform": {
      const draw = between(Math.log(distribution.low), Math.log(distribution.high), rng);
      return roundToMultiple(Math.exp(draw), distribution.q);
    }
    case "qnormal":
      return roundToMultiple(distribution.mu + distribution.sigma * standardNormal(rng), distribution.q);
    case "qlognormal":
      return roundToMultiple(Math.exp(distribution.mu + distribution.sigma * standardNormal(rng)), distribution.q);
    default:
      return drawPrior(distribution, rng);
  }
}

function between(low: number, high: number, rng: Rng): number {
  return low + rng.next() * (high - low);
}
