import { readFileSync } from "node:fs";

/** A number of the golden file: what JSON cannot hold is a string. */
export type Figure = number | "inf" | "-inf" | "nan";

export interface ScoreRow {
  tag: string;
  dist: string;
  args: (number | number[])[];
  prior_weight: number;
  below: number[];
  above: number[];
  candidates: number[];
  below_lpdf: Figure[];
  above_lpdf: Figure[];
  score: Figure[];
  best: number;
  has_nan_score: boolean;
  equals_stable_sort: boolean;
}

export interface MixtureRow {
  tag: string;
  weights: number[];
  mus: number[];
  sigmas: number[];
  low: number | null;
  high: number | null;
  q: number | null;
  x: number[];
  lpdf: Figure[];
  well_conditioned: boolean[];
}

interface Golden {
  linear_forgetting_weights: { N: number; LF: number; weights: number[] }[];
  adaptive_parzen_normal: {
    id: number;
    mus_in: number[];
    prior_weight: number;
    prior_mu: number;
    prior_sigma: number;
    LF: number;
    weights: number[];
    mus: number[];
    sigmas: number[];
    equals_stable_sort: boolean;
  }[];
  normal_cdf: { x: number; mu: number; sigma: number; cdf: number }[];
  lognormal_cdf: { x: number; mu: number; sigma: number; cdf: number }[];
  lognormal_lpdf: { x: number; mu: number; sigma: number; lpdf: Figure }[];
  qlognormal_lpdf: { x: number; mu: number; sigma: number; q: number; lpdf: Figure }[];
  GMM1_lpdf: MixtureRow[];
  LGMM1_lpdf: MixtureRow[];
  categorical_posterior: {
    kind: "choice" | "randint" | "pchoice";
    n_options: number;
    low: number;
    obs: number[];
    prior_weight: number;
    prior_p?: number[];
    p: number[];
  }[];
  ap_split_trials: {
    tag: string;
    l_idxs: number[];
    l_vals: Figure[];
    o_idxs: number[];
    o_vals: number[];
    gamma: number;
    n_below: number;
    below: number[];
    above: number[];
  }[];
  tpe_scores: ScoreRow[];
  rounding: { dist: string; draw: number; q?: number; value: number }[];
  prior_pmf: {
    dist: string;
    low?: number;
    high?: number;
    mu?: number;
    sigma?: number;
    q?: number;
    x: number[];
    p: number[];
  }[];
  criteria: { mean: number; var: number; thresh: number; EI: number; logEI: Figure; "UCB_z1.96": number }[];
  expr_to_config: Record<string, string[][]>;
}

export const golden: Golden = JSON.parse(readFileSync(new URL("./hyperopt-tpe.json", import.meta.url), "utf8"));

export function figure(value: Figure): number {
  return value === "inf" ? Number.POSITIVE_INFINITY : value === "-inf" ? Number.NEGATIVE_INFINITY : Number(value);
}

/** Whether two numbers agree to 1e-9, absolutely or relatively. */
export function agrees(actual: number, expected: Figure, tolerance = 1e-9): boolean {
  const target = figure(expected);
  if (Object.is(actual, target) || actual === target) return true;
  return Math.abs(actual - target) <= tolerance * Math.max(1, Math.abs(target));
}
