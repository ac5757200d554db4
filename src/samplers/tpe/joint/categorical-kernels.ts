import type { CategoricalCoordinate } from "../../coordinates.ts";
import type { Kernels } from "./kernels.ts";

/**
 * Kernels of one dimension without order: each has most of its mass on its own category, the rest is spread as the
 * space draws them. The more kernels there are, the less is spread.
 *
 * @param categories by trial; NaN where the dimension was not active: such a kernel is the space's own
 * @source Optuna, the Parzen estimator of categorical distributions
 */
export function categoricalKernels(coordinate: CategoricalCoordinate, categories: Float64Array): Kernels {
  const count = categories.length + 1;
  const spread = coordinate.count / count;
  const own = 1 / (1 + spread);
  const isPrior = (kernel: number): boolean => Number.isNaN(categories[kernel] ?? Number.NaN);
  return {
    addTo: (logs, value) => {
      const prior = Math.log(coordinate.probability(value));
      const miss = prior + Math.log(spread * own);
      const hit = Math.log((1 + spread * coordinate.probability(value)) * own);
      for (let kernel = 0; kernel < logs.length; kernel++) {
        const category = categories[kernel] ?? Number.NaN;
        const log = category === value ? hit : Number.isNaN(category) ? prior : miss;
        logs[kernel] = (logs[kernel] as number) + log;
      }
    },
    draw: (kernel, rng) => {
      if (!isPrior(kernel) && rng.next() < own) return categories[kernel] as number; // not the space's own
      return coordinate.quantile(rng.next());
    },
  };
}
