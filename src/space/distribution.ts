/** What one dimension is drawn from. Bounds and `q` are natural values; `mu` and `sigma` of log kinds are logarithms. */
export type Distribution = NumericDistribution | DiscreteDistribution;

/** Ordered values: neighbours are taken as alike. */
export type NumericDistribution =
  | { readonly kind: "uniform" | "loguniform" | "uniformint"; readonly low: number; readonly high: number }
  | { readonly kind: "quniform" | "qloguniform"; readonly low: number; readonly high: number; readonly q: number }
  | { readonly kind: "normal" | "lognormal"; readonly mu: number; readonly sigma: number }
  | { readonly kind: "qnormal" | "qlognormal"; readonly mu: number; readonly sigma: number; readonly q: number };

/** Values without order. */
export type DiscreteDistribution =
  /** Integers from `low` up to, not including, `upper`; unordered. */
  | { readonly kind: "randint"; readonly low: number; readonly upper: number }
  /** Index of an option. */
  | { readonly kind: "choice"; readonly count: number }
  | { readonly kind: "pchoice"; readonly probabilities: readonly number[] };

export function isOrdered(distribution: Distribution): distribution is NumericDistribution {
  return distribution.kind !== "randint" && distribution.kind !== "choice" && distribution.kind !== "pchoice";
}

/** Whether values are spread by their logarithms. */
export function isLogarithmic({ kind }: NumericDistribution): boolean {
  return kind === "loguniform" || kind === "qloguniform" || kind === "lognormal" || kind === "qlognormal";
}

/** Distance of grid values; 0 where values are real numbers. */
export function stepOf(distribution: NumericDistribution): number {
  if (distribution.kind === "uniformint") return 1;
  return "q" in distribution ? distribution.q : 0;
}
