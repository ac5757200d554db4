/** How many of the newest observations keep their full weight. */
const FULL_WEIGHTS = 25;

/**
 * Weights that fade with age: the newest `full` observations weigh 1, the older ones linearly less, down to 1/n.
 *
 * @returns shape [n], oldest first
 * @source Hyperopt, linear_forgetting_weights
 */
export function forgettingWeights(n: number, full: number = FULL_WEIGHTS): Float64Array {
  const weights = new Float64Array(n).fill(1);
  const fading = n - full;
  const step = fading > 1 ? (1 - 1 / n) / (fading - 1) : 0;
  for (let i = 0; i < fading; i++) weights[i] = 1 / n + i * step;
  return weights;
}
