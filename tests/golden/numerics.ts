import { readFileSync } from "node:fs";
import { type Figure, figure } from "./golden.ts";

/** An argument and the value of a function there. */
export type Point = readonly [x: number, value: Figure];

export interface Factorization {
  readonly name: string;
  readonly size: number;
  readonly matrix: readonly number[];
  readonly lower: readonly number[];
  readonly b: readonly number[];
  readonly solved_lower: readonly number[];
  readonly solved: readonly number[];
  readonly log_determinant: number;
  readonly inverse: readonly number[];
}

interface TruncatedRow {
  readonly mu: Figure;
  readonly sigma: Figure;
  readonly low: Figure;
  readonly high: Figure;
  readonly log_mass: Figure;
}

export interface RankCorrelation {
  readonly name: string;
  readonly x: readonly Figure[];
  readonly y: readonly Figure[];
  readonly rho: number;
}

interface Golden {
  readonly erf: readonly Point[];
  readonly erfc: readonly Point[];
  readonly erfcx: readonly Point[];
  readonly ndtri: readonly Point[];
  readonly log_improvement: readonly (readonly [z: number, value: number, slope: number])[];
  readonly truncated_normal: readonly TruncatedRow[];
  readonly sobol: readonly (readonly [index: number, bits: readonly number[]])[];
  readonly cholesky: readonly Factorization[];
  readonly rank_correlation: readonly RankCorrelation[];
}

export const numerics: Golden = JSON.parse(readFileSync(new URL("./numerics.json", import.meta.url), "utf8"));

/** The relative error; the absolute one where 0 is expected. */
export function errorOf(actual: number, expected: Figure): number {
  const target = figure(expected);
  if (Object.is(actual, target) || actual === target) return 0;
  const error = Math.abs((actual - target) / (target === 0 ? 1 : target));
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}

/** The largest of the relative errors of a function at points. */
export function worstError(compute: (x: number) => number, points: readonly Point[]): number {
  return Math.max(...points.map(([x, value]) => errorOf(compute(x), value)));
}

/** Truncated normals, some far out in a tail, with the logarithms of their masses. */
export const TRUNCATED_NORMALS = numerics.truncated_normal.map(({ mu, sigma, low, high, log_mass }) => ({
  normal: { mu: figure(mu), sigma: figure(sigma), low: figure(low), high: figure(high) },
  logMass: figure(log_mass),
}));
