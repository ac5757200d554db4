import fc from "fast-check";
import type { Rng } from "../../src/random/stream.ts";
import { type Assignment, isActive } from "../../src/space/assignment.ts";
import type { CompiledSpace } from "../../src/space/compile.ts";
import type { Distribution } from "../../src/space/distribution.ts";
import { firstMultiple, lastMultiple, multiple } from "../../src/space/grid.ts";
import { hp } from "../../src/space/hp.ts";
import type { Literal, RootSpace, Space } from "../../src/space/node.ts";
import { anyText } from "../any-text.ts";

const KEYS = ["lr", "units", "depth", "batch", "decay", "toString", "constructor", "0", "with space", "größe"];

/** Binary fractions: no two of them differ by less than what the grid takes for rounding. */
const real = fc.integer({ min: -1e6, max: 1e6 }).map((part) => part / 1024);
const positive = fc.integer({ min: 1, max: 1e6 }).map((part) => part / 1024);
const small = fc.integer({ min: -5000, max: 5000 }).map((part) => part / 1024);
const interval = fc.tuple(real, positive);
const logInterval = fc.tuple(
  positive,
  positive.map((part) => 1 + part),
);
const literal: fc.Arbitrary<Literal> = fc.oneof(
  anyText({ maxLength: 6 }),
  fc.integer({ min: -1e6, max: 1e6 }).map((quarters) => quarters / 4),
  fc.boolean(),
  fc.constant(null),
);
const grid = fc.record({
  first: fc.integer({ min: -50, max: 50 }),
  steps: fc.integer({ min: 1, max: 40 }),
  q: fc.constantFrom(0.1, 0.05, 0.3, 1, 2, 7),
});

const number: fc.Arbitrary<Space> = fc.oneof(
  interval.map(([low, width]) => hp.uniform(low, low + width)),
  grid.map(({ first, steps, q }) => hp.quniform(first * q, (first + steps) * q, q)),
  logInterval.map(([low, factor]) => hp.loguniform(low, low * factor)),
  grid.map(({ first, steps, q }) => hp.qloguniform((Math.abs(first) + 1) * q, (Math.abs(first) + 1 + steps) * q, q)),
  fc.tuple(fc.integer(), fc.integer({ min: 1, max: 999 })).map(([low, width]) => hp.uniformint(low, low + width)),
  fc.tuple(real, positive).map(([mu, sigma]) => hp.normal(mu, sigma)),
  fc.tuple(real, positive, positive).map(([mu, sigma, q]) => hp.qnormal(mu, sigma, q)),
  small.map((mu) => hp.lognormal(mu, 0.7)),
  small.map((mu) => hp.qlognormal(mu, 1, 0.5)),
  fc.integer({ min: 1, max: 1000 }).map((upper) => hp.randint(upper)),
  fc
    .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 }))
    .map(([low, width]) => hp.randint(low, low + width)),
);

type Options = [Space, ...Space[]];

/** Any nesting of objects, lists, literals and nodes. `tagged`: every choice is one whose option the params name. */
function spaceOf(tagged: boolean): fc.Arbitrary<RootSpace> {
  const { value } = fc.letrec<{ value: Space; object: RootSpace; options: Options }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 3, arbitrary: number },
      { weight: 1, arbitrary: literal },
      { weight: 1, arbitrary: tie("object") },
      { weight: 1, arbitrary: fc.array(tie("value"), { maxLength: 3 }) },
      { weight: 2, arbitrary: tie("options").map((options) => hp.choice(options)) },
      { weight: 1, arbitrary: tie("options").map((options) => hp.pchoice(weighted(options))) },
    ),
    object: fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 3 }),
    options: fc.oneof(
      distinct(literal).map(options),
      fc
        .array(tie("object"), { minLength: 1, maxLength: 3 })
        .map((list) => options(list.map((o, i) => ({ ...o, type: `t${i}` })))),
      ...(tagged ? [] : [distinct(tie("value")).map(options)]),
    ),
  }));
  return fc
    .dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 4 })
    .map((rest) => ({ ...rest, x: hp.uniform(0, 1) }));
}

export const taggedSpace: fc.Arbitrary<RootSpace> = spaceOf(true);
export const anySpace: fc.Arbitrary<RootSpace> = spaceOf(false);

function distinct(value: fc.Arbitrary<Space>): fc.Arbitrary<Space[]> {
  return fc.uniqueArray(value, { minLength: 1, maxLength: 4, selector: (option) => JSON.stringify(option) });
}

function options(list: Space[]): Options {
  const [first = null, ...rest] = list;
  return [first, ...rest];
}

function weighted([first, ...rest]: Options): [[number, Space], ...[number, Space][]] {
  const share = 1 / (rest.length + 1);
  return [[1 - share * rest.length, first], ...rest.map((option): [number, Space] => [share, option])];
}

/** An assignment drawn from all that the space allows, not by the laws of its distributions. */
export function draw(space: CompiledSpace, rng: Rng): Assignment {
  const drawn: Record<string, number> = {};
  for (const dimension of space.dimensions) {
    if (isActive(space, dimension, drawn)) drawn[dimension.path] = drawValue(dimension.distribution, rng.next());
  }
  return drawn;
}

function drawValue(distribution: Distribution, u: number): number {
  const between = (low: number, high: number): number => Math.min(high, low + u * (high - low)) + 0;
  switch (distribution.kind) {
    case "uniform":
    case "loguniform":
      return between(distribution.low, distribution.high);
    case "uniformint":
      return Math.floor(between(distribution.low, distribution.high + 0.999));
    case "quniform":
    case "qloguniform": {
      const { low, high, q } = distribution;
      return multiple(Math.floor(between(firstMultiple(low, q), lastMultiple(high, q) + 0.999)), q, low, high);
    }
    case "normal":
      return distribution.mu + (u - 0.5) * distribution.sigma + 0;
    case "qnormal":
      return multiple(Math.round((distribution.mu + (u - 0.5) * distribution.sigma) / distribution.q), distribution.q);
    case "lognormal":
      return Math.exp(distribution.mu + (u - 0.5) * distribution.sigma);
    case "qlognormal":
      return multiple(Math.round(Math.exp(distribution.mu + u - 0.5) / distribution.q), distribution.q);
    case "randint":
      return Math.floor(between(distribution.low, distribution.upper - 0.001));
    case "choice":
      return Math.floor(u * distribution.count);
    case "pchoice":
      return Math.floor(u * distribution.probabilities.length);
  }
}
