import { lowerBound } from "../../numerics/lower-bound.ts";
import type { Rng } from "../../random/stream.ts";
import type { DiscreteDistribution } from "../../space/distribution.ts";
import { drawPrior } from "../prior.ts";
import type { Sample } from "./column.ts";
import type { Model } from "./model.ts";

/**
 * Weighted counts of the values, with `priorWeight` added for each option: as it stands for choices of equal
 * probability, in proportion to its probability for the others.
 *
 * @source Hyperopt, ap_categorical_sampler
 */
export function categoricalModel(distribution: DiscreteDistribution, sample: Sample, priorWeight: number): Model {
  const { options, counts, sum } = countByOption(sample);
  const size = sizeOf(distribution);
  const total = sum + priorWeight * size;
  const massOf = (value: number): number => {
    const place = lowerBound(options, value);
    const count = options[place] === value ? (counts[place] ?? 0) : 0;
    return (count + priorWeight * size * priorOf(distribution, value)) / total;
  };
  return {
    draw: (rng) =>
      rng.next() * total < sum ? drawCounted({ options, counts, sum }, rng) : drawPrior(distribution, rng),
    score: (value) => Math.log(massOf(value)),
    logDensity: (value) => Math.log(massOf(value)),
  };
}

/** Only options that occurred: a `randint` may have billions. */
interface Counts {
  readonly options: Float64Array;
  readonly counts: Float64Array;
  readonly sum: number;
}

function countByOption({ values, weights }: Sample): Counts {
  const options = new Float64Array(values.length);
  const counts = new Float64Array(values.length);
  let size = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    const weight = weights[i] ?? 0;
    if (size === 0 || options[size - 1] !== value) options[size++] = value;
    counts[size - 1] = (counts[size - 1] ?? 0) + weight;
    sum += weight;
  }
  return { options: options.subarray(0, size), counts: counts.subarray(0, size), sum };
}

function drawCounted({ options, counts, sum }: Counts, rng: Rng): number {
  let left = rng.next() * sum;
  let place = 0;
  while (place < options.length - 1) {
    left -= counts[place] ?? 0;
    if (left < 0) break;
    place++;
  }
  return options[place] ?? 0;
}

function sizeOf(distribution: DiscreteDistribution): number {
  switch (distribution.kind) {
    case "randint":
      return distribution.upper - distribution.low;
    case "choice":
      return distribution.count;
    case "pchoice":
      return distribution.probabilities.length;
  }
}

function priorOf(distribution: DiscreteDistribution, value: number): number {
  return distribution.kind === "pchoice" ? (distribution.probabilities[value] ?? 0) : 1 / sizeOf(distribution);
}
