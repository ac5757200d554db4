import { LOG_ROOT_TWO_PI, normalCdf, normalHazard } from "./normal.ts";

/** What is believed of a loss: a normal distribution. */
interface Normal {
  readonly mean: number;
  /** Standard deviation, 0 for certainty. */
  readonly deviation: number;
}

/**
 * The logarithm of the expected improvement of a loss on `best`: finite and precise where that itself underflows, so
 * that candidates far from promising can still be told apart and climbed.
 *
 * @returns -Infinity only for a certain loss that does not improve
 * @source Ament et al. 2023, "Unexpected improvements to expected improvement for Bayesian optimization" (NeurIPS 36),
 * section 4.1 and equation 9
 */
export function logExpectedImprovement({ mean, deviation }: Normal, best: number): number {
  if (!(deviation > 0)) return Math.log(Math.max(0, best - mean));
  const z = (best - mean) / deviation;
  // beyond any z that can be held, the improvement is certain
  return z === Number.POSITIVE_INFINITY ? Math.log(best - mean) : Math.log(deviation) + logImprovement(z);
}

/** ln(φ(z) + z·Φ(z)): the expected improvement in standard deviations, `z` of them in hand; about 1e-12 relative. */
export function logImprovement(z: number): number {
  if (z > SAFE) return Math.log(density(z) + z * normalCdf(z));
  const logDensity = -0.5 * z * z - LOG_ROOT_TWO_PI;
  if (z > ASYMPTOTIC) return logDensity + Math.log1p(z / normalHazard(-z));
  const s = 1 / z / z;
  return logDensity - 2 * Math.log(-z) + Math.log1p(series(IMPROVEMENT, s));
}

/** The derivative of `logImprovement`, Φ(z)/(φ(z) + z·Φ(z)): about -z far below 0, about 1/z far above. */
export function logImprovementSlope(z: number): number {
  if (z > SAFE) return normalCdf(z) / (density(z) + z * normalCdf(z));
  if (z > ASYMPTOTIC) {
    const mills = 1 / normalHazard(-z);
    return mills / (1 + z * mills);
  }
  const s = 1 / z / z;
  return (-z * (1 + series(MILLS, s))) / (1 + series(IMPROVEMENT, s));
}

/** Above this the plain formulas lose nothing to cancellation. */
const SAFE = -1;

/** From here down the asymptotic series of Mills' ratio are the more precise. */
const ASYMPTOTIC = -25;

function density(z: number): number {
  return Math.exp(-0.5 * z * z - LOG_ROOT_TWO_PI);
}

/** Φ(z)/φ(z)·|z| - 1 for z below `ASYMPTOTIC`, in powers of 1/z². */
const MILLS: readonly number[] = [-1, 3, -15, 105, -945, 10_395];

/** (1 + z·Φ(z)/φ(z))·z² - 1, likewise. */
const IMPROVEMENT: readonly number[] = [-3, 15, -105, 945, -10_395, 135_135];

/** c₁s + c₂s² + ... */
function series(coefficients: readonly number[], s: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = (value + (coefficients[i] ?? 0)) * s;
  return value;
}
