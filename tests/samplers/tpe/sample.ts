import type { Sample } from "../../../src/samplers/tpe/column.ts";
import { forgettingWeights } from "../../../src/samplers/tpe/weights.ts";

/** A sample of values in the model's unit, oldest first, weighted by age. */
export function sampleOf(values: readonly number[]): Sample {
  const weights = forgettingWeights(values.length);
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]! || a - b);
  return {
    size: values.length,
    values: Float64Array.from([...order, -1], (index) => values[index] ?? 0),
    weights: Float64Array.from([...order, -1], (index) => weights[index] ?? 0),
    sigmas: new Float64Array(values.length + 1),
    total: weights.reduce((sum, weight) => sum + weight, 0),
  };
}
