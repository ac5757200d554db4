import { describe, expect, it } from "vitest";
import { lowest } from "../../../src/numerics/order.ts";
import { isBetter } from "../../../src/samplers/tpe/acquisition.ts";
import type { Sample } from "../../../src/samplers/tpe/column.ts";
import { mixtureOf } from "../../../src/samplers/tpe/mixture.ts";
import type { Model } from "../../../src/samplers/tpe/model.ts";
import { modelOf, unitOf } from "../../../src/samplers/tpe/models.ts";
import { numericModel } from "../../../src/samplers/tpe/numeric.ts";
import { adaptiveParzen } from "../../../src/samplers/tpe/parzen.ts";
import { countBelow } from "../../../src/samplers/tpe/split.ts";
import { forgettingWeights } from "../../../src/samplers/tpe/weights.ts";
import { compileSpace, type Dimension } from "../../../src/space/compile.ts";
import type { Distribution } from "../../../src/space/distribution.ts";
import { hp } from "../../../src/space/hp.ts";
import { agrees, type Figure, figure, golden, type MixtureRow, type ScoreRow } from "../../golden/golden.ts";
import { numpyArgsort } from "../../golden/numpy-argsort.ts";

/** Observations oldest first, in the model's unit, sorted as Hyperopt's numpy sorts them. */
function sampleOf(values: readonly number[], full = 25, order = numpyArgsort(values)): Sample {
  const weights = full > 0 ? forgettingWeights(values.length, full) : new Float64Array(values.length).fill(1);
  return {
    size: values.length,
    values: Float64Array.from([...order, 0], (index) => values[index] ?? 0),
    weights: Float64Array.from([...order, 0], (index) => weights[index] ?? 0),
    sigmas: new Float64Array(values.length + 1),
    total: weights.reduce((sum, weight) => sum + weight, 0),
  };
}

/**
 * The same with two equal neighbours exchanged, each pair in turn. For one row numpy's order depends on logarithms that
 * differ in their last bit from lane to lane of a vector unit.
 */
function* samplesOf(values: readonly number[]): Generator<Sample> {
  const order = numpyArgsort(values);
  yield sampleOf(values, 25, order);
  for (let i = 1; i < order.length; i++) {
    if (values[order[i]!] !== values[order[i - 1]!]) continue;
    yield sampleOf(values, 25, order.with(i, order[i - 1]!).with(i - 1, order[i]!));
  }
}

function expectAll(actual: ArrayLike<number>, expected: readonly Figure[]): void {
  expect(actual.length).toBe(expected.length);
  const wrong = Array.from(actual).filter((value, index) => !agrees(value, expected[index]!));
  expect(wrong, `expected ${expected.slice(0, 5)}`).toEqual([]);
}

describe("golden values of Hyperopt", () => {
  it("linear_forgetting_weights", () => {
    for (const row of golden.linear_forgetting_weights) expectAll(forgettingWeights(row.N, row.LF), row.weights);
  });

  it.each(golden.adaptive_parzen_normal.map((row) => [row.id, row] as const))("adaptive_parzen_normal %i", (_, row) => {
    const prior = { mu: row.prior_mu, sigma: row.prior_sigma, weight: row.prior_weight };
    const components = adaptiveParzen(sampleOf(row.mus_in, row.LF), prior);
    expectAll(components.mus, row.mus);
    expectAll(components.sigmas, row.sigmas);
    expectAll(
      components.weights.map((weight) => weight / components.total),
      row.weights,
    );
  });

  it.each(golden.GMM1_lpdf.map((row, index) => [index, row.tag, row] as const))("GMM1_lpdf %i %s", (_, _tag, row) => {
    expectLogDensities(mixtureRowModel(row, false), row);
  });

  it.each(golden.LGMM1_lpdf.map((row, index) => [index, row.tag, row] as const))("LGMM1_lpdf %i %s", (_, _tag, row) => {
    expectLogDensities(mixtureRowModel(row, true), row);
  });

  it("lognormal_lpdf: the model of no observations", () => {
    for (const { x, mu, sigma, lpdf } of golden.lognormal_lpdf) {
      const model = modelOf({ kind: "lognormal", mu, sigma }, sampleOf([]), { priorWeight: 1, hyperopt: true });
      expect(agrees(model.logDensity(x), lpdf), `${x}: ${model.logDensity(x)} and ${lpdf}`).toBe(true);
    }
  });

  it("categorical_posterior", () => {
    for (const row of golden.categorical_posterior) {
      const low = row.low ?? 0;
      const distribution: Distribution =
        row.kind === "pchoice"
          ? { kind: "pchoice", probabilities: row.prior_p! }
          : { kind: "randint", low, upper: low + row.n_options };
      const model = modelOf(distribution, sampleOf(row.obs), { priorWeight: row.prior_weight, hyperopt: true });
      expectAll(
        row.p.map((_, option) => Math.exp(model.logDensity(low + option))),
        row.p,
      );
    }
  });

  it.each(golden.ap_split_trials.map((row, index) => [index, row.tag, row] as const))(
    "ap_split_trials %i %s",
    (_, _tag, row) => {
      expect(countBelow(row.l_vals.length, row.gamma)).toBe(row.n_below);
      const best = lowest(row.l_vals.map(figure), row.n_below).map((index) => row.l_idxs[index]!);
      const side = (isBelow: boolean) => row.o_vals.filter((_, i) => best.includes(row.o_idxs[i]!) === isBelow);
      expect(side(true)).toEqual(row.below);
      expect(side(false)).toEqual(row.above);
    },
  );

  it.each(golden.tpe_scores.map((row, index) => [index, row.dist, row] as const))(
    "tpe_scores %i %s",
    (_, _dist, row) => {
      const distribution = distributionOfRow(row);
      const settings = { priorWeight: row.prior_weight, hyperopt: true };
      const unit = unitOf(distribution, settings);
      const below = modelOf(distribution, sampleOf(row.below.map(unit)), settings);
      const offset = distribution.kind === "randint" ? distribution.low : 0;
      const logs = (model: Model) => row.candidates.map((value) => model.logDensity(value + offset));
      const models = [...samplesOf(row.above.map(unit))].map((sample) => modelOf(distribution, sample, settings));
      const isExpected = (model: Model) => logs(model).every((value, index) => agrees(value, row.above_lpdf[index]!));
      const above = (row.equals_stable_sort ? undefined : models.find(isExpected)) ?? models[0]!;
      expectAll(logs(below), row.below_lpdf);
      expectAll(logs(above), row.above_lpdf);
      const scores = logs(below).map((value, index) => value - logs(above)[index]!);
      expectAll(scores, row.score);
      expect(row.candidates[firstBest(scores, true)]).toBe(row.best);
      if (row.has_nan_score) expect(Number.isNaN(scores[firstBest(scores, false)]!)).toBe(false);
    },
  );
});

it("expr_to_config: conditions of a compiled space", () => {
  const space = compileSpace({
    a: hp.choice([
      { b: hp.uniform(0, 1) },
      { c: 1, d: hp.choice([{ c: hp.loguniform(1, 2) }, { e: hp.loguniform(1, 2) }]) },
    ]),
    z: hp.randint(10),
  });
  const label = (path: string) => path.split(".").at(-1) ?? "";
  const conjunction = ({ condition }: Dimension): string[] => {
    const parent = condition && space.dimensions[condition.dimension];
    return parent ? [...conjunction(parent), `${label(parent.path)}=${condition.option}`] : [];
  };
  const actual = Object.fromEntries(
    space.dimensions.map((dimension) => [label(dimension.path), conjunction(dimension)]),
  );
  for (const [name, alternatives] of Object.entries(golden.expr_to_config)) {
    // A node that stands in several places is unconditional if one of them is.
    expect(actual[name], name).toEqual(alternatives.find((all) => all.length === 0) ?? alternatives[0]);
  }
});

function firstBest(scores: readonly number[], nanWins: boolean): number {
  return scores.reduce((best, score, index) => (isBetter(score, scores[best]!, nanWins) ? index : best), 0);
}

function mixtureRowModel(row: MixtureRow, log: boolean): Model {
  const order = row.mus.map((_, index) => index).sort((a, b) => row.mus[a]! - row.mus[b]!);
  const sorted = (values: readonly number[]) => Float64Array.from(order, (index) => values[index]!);
  const narrowest = Math.min(...row.sigmas);
  const mixture = mixtureOf({
    weights: sorted(row.weights),
    total: row.weights.reduce((sum, weight) => sum + weight, 0),
    mus: sorted(row.mus),
    sigmas: sorted(row.sigmas),
    narrowest,
    countNarrow: row.sigmas.filter((sigma) => sigma === narrowest).length,
  });
  const low = row.low ?? Number.NEGATIVE_INFINITY;
  const high = row.high ?? Number.POSITIVE_INFINITY;
  const scale = { log, q: row.q ?? 0, low, high, floor: 0, mu: 0, sigma: 1 };
  return numericModel(mixture, scale, { round: (draw) => draw, normalised: !log });
}

function expectLogDensities(model: Model, row: MixtureRow): void {
  row.x.forEach((x, index) => {
    const actual = model.logDensity(x);
    const expected = row.lpdf[index]!;
    if (row.well_conditioned[index]) expect(agrees(actual, expected), `${x}: ${actual} and ${expected}`).toBe(true);
    // Hyperopt takes the logarithm of a mass below 0 for cells outside the bounds; ours is 0.
    else if (expected === "nan") expect(actual).toBe(Number.NEGATIVE_INFINITY);
    else expect(Math.abs(Math.exp(actual) - Math.exp(figure(expected)))).toBeLessThan(1e-12);
  });
}

function distributionOfRow({ dist, args }: ScoreRow): Distribution {
  const [first, second, third] = args as number[];
  switch (dist) {
    case "uniform":
      return { kind: "uniform", low: first!, high: second! };
    case "loguniform":
      return { kind: "loguniform", low: Math.exp(first!), high: Math.exp(second!) };
    case "quniform":
      return { kind: "quniform", low: first!, high: second!, q: third! };
    case "qloguniform":
      return { kind: "qloguniform", low: Math.exp(first!), high: Math.exp(second!), q: third! };
    case "normal":
    case "lognormal":
      return { kind: dist, mu: first!, sigma: second! };
    case "qnormal":
    case "qlognormal":
      return { kind: dist, mu: first!, sigma: second!, q: third! };
    case "randint":
      return { kind: "randint", low: second === undefined ? 0 : first!, upper: second ?? first! };
    default:
      return { kind: "pchoice", probabilities: args[0] as number[] };
  }
}
