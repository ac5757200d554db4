import { type Distribution, isOrdered } from "../../space/distribution.ts";
import { nearestValue } from "../nearest.ts";
import type { Contest } from "./acquisition.ts";
import { categoricalModel } from "./categorical.ts";
import type { Sample } from "./column.ts";
import { roundToMultiple } from "./hyperopt.ts";
import { mixtureOf } from "./mixture.ts";
import type { Model } from "./model.ts";
import { numericModel } from "./numeric.ts";
import type { TpeSettings } from "./options.ts";
import { adaptiveParzen } from "./parzen.ts";
import { scaleOf, warp } from "./scale.ts";
import type { SplitColumns } from "./sorted-columns.ts";

/** The settings that shape a model. */
export type ModelSettings = Pick<TpeSettings, "priorWeight" | "hyperopt">;

/** From a value of a dimension to the unit in which it is modelled. */
export function unitOf(
  distribution: Distribution,
  { hyperopt }: Pick<TpeSettings, "hyperopt">,
): (value: number) => number {
  if (!isOrdered(distribution)) return (value) => value;
  const scale = scaleOf(distribution, hyperopt);
  return (value) => warp(scale, value);
}

/** Both models of one dimension. */
export function contestOf(distribution: Distribution, sides: SplitColumns, settings: TpeSettings): Contest {
  return {
    below: modelOf(distribution, sides.below, settings),
    above: modelOf(distribution, sides.above, settings),
    candidates: settings.candidates,
    nanWins: settings.hyperopt,
  };
}

/** The model of one side; of an empty sample, the space itself. */
export function modelOf(distribution: Distribution, sample: Sample, { priorWeight, hyperopt }: ModelSettings): Model {
  if (!isOrdered(distribution)) return categoricalModel(distribution, sample, priorWeight);
  const scale = scaleOf(distribution, hyperopt);
  const components = adaptiveParzen(sample, { mu: scale.mu, sigma: scale.sigma, weight: priorWeight });
  const round = (draw: number): number =>
    hyperopt ? roundToMultiple(draw, scale.q) : nearestValue(distribution, draw);
  return numericModel(mixtureOf(components), scale, { round, normalised: !(hyperopt && scale.log) });
}
