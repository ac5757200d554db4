import { lowerBound } from "../../numerics/lower-bound.ts";
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
  const { options, counts } = countByOption(sample);
  const size = sizeOf(distribution);
  const total = sample.total + priorWeight * size;
  const massOf = (value: number): number => {
    const place = lowerBound(options, value);
    const count = options[place] === value ? (counts[place] ?? 0) : 0;
    return (count + priorWeight * size * priorOf(distribution, value)) / total;
  };
  return {
    draw: (rng) => {
      const left = rng.next() * total;
      return left < sample.total ? optionAt({ options, counts }, left) : drawPrior(distribution, rng);
    },
    score: (value) => Math.log(massOf(value)),
    logDensity: (value) => Math.log(massOf(value)),
  };
}

/** Only options that occurred: a `randint` may have billions. */
interface Counts {
  readonly options: readonly number[];
  readonly counts: readonly number[];
}

function countByOption({ size, values, weights }: Sample): Counts {
  const options: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < size; ) {
    const value = values[i] as number; // in range, as is what follows
    let count = 0;
    for (; i < size && values[i] === value; i++) count += weights[i] as number;
    options.push(value);
    counts.push(count);
  }
  return { options, counts };
}

/** The option whose share of the counts, one after another, covers `mass`. */
function optionAt({ options, counts }: Counts, mass: number): number {
  let left = mass;
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
