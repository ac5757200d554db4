import { didYouMean, ParamsError, show } from "../errors.ts";
import type { Assignment } from "./assignment.ts";
import { type CompiledSpace, checkCompiled, type Dimension, dimensionAt } from "./compile.ts";
import type { Distribution } from "./distribution.ts";
import { multiple } from "./grid.ts";
import { isObject, memberOf } from "./object.ts";
import { joinPath } from "./path.ts";
import { type ArrayTemplate, type ChoiceTemplate, type ObjectTemplate, type Template, tagValue } from "./template.ts";
import { describeValues, isInside } from "./values.ts";

/**
 * The assignment that params stand for: the inverse of `decode`. A choice whose options carry a tag takes the option
 * with that tag; any other takes the first option that fits. Quantized values are rounded to their grid.
 *
 * @param params anything: it may come from a file or a command line
 * @throws SpaceError for a space that is not compiled; ParamsError with the path as in `params`, e.g. `optimizer.momentum`
 */
export function encode(space: CompiledSpace, params: unknown): Assignment {
  return encodeAs(space, params, { mayLack: false });
}

/**
 * The same of params that may lack some, constants too: an assignment of what they have, choices with all that is above
 * them. An object of a choice has its tag at least; without tags, the first option is taken of which nothing is missing, or
 * else the first that fits.
 */
export function encodeGiven(space: CompiledSpace, params: unknown): Assignment {
  return encodeAs(space, params, { mayLack: true });
}

function encodeAs(space: CompiledSpace, params: unknown, { mayLack }: Pick<Place, "mayLack">): Assignment {
  checkCompiled(space);
  const matched = match(space, space.template, { path: "", value: params, mayLack });
  if (!matched.fits) throw new ParamsError(matched.path, matched.expected, matched.received);
  return Object.fromEntries(matched.values);
}

interface Place {
  readonly path: string;
  readonly value: unknown;
  /** Whether what lies below may be left out. */
  readonly mayLack: boolean;
}

type Match =
  | { readonly fits: true; readonly values: readonly (readonly [path: string, value: number])[] }
  | { readonly fits: false; readonly path: string; readonly expected: string; readonly received: unknown };

function match(space: CompiledSpace, template: Template, at: Place): Match {
  if (at.mayLack && at.value === undefined && at.path !== "") return { fits: true, values: [] };
  switch (template.kind) {
    case "literal":
      return at.value === template.value ? { fits: true, values: [] } : misfit(at, show(template.value));
    case "number":
      return matchNumber(dimensionAt(space, template.dimension), at);
    case "choice":
      return template.tag === null ? matchAny(space, template, at) : matchTagged(space, template, template.tag, at);
    case "array":
      return matchArray(space, template, at);
    case "object":
      return matchObject(space, template, at);
  }
}

function matchNumber({ path, distribution }: Dimension, at: Place): Match {
  if (typeof at.value !== "number" || !isInside(distribution, at.value))
    return misfit(at, describeValues(distribution));
  return { fits: true, values: [[path, canonical(distribution, at.value)]] };
}

/** One number for each configuration: quantized values lose the noise of their last bits, -0 is 0. */
function canonical(distribution: Distribution, value: number): number {
  switch (distribution.kind) {
    case "quniform":
    case "qloguniform":
      return multiple(Math.round(value / distribution.q), distribution.q, distribution.low, distribution.high);
    case "qnormal":
    case "qlognormal":
      return multiple(Math.round(value / distribution.q), distribution.q);
    default:
      return value + 0;
  }
}

function matchTagged(space: CompiledSpace, choice: ChoiceTemplate, tag: string, at: Place): Match {
  if (!isObject(at.value)) return misfit(at, `an object with "${tag}": ${choice.branches.join(" or ")}`);
  const given = below(at, tag, at.value);
  const names: readonly unknown[] = choice.options.map((option) => tagValue(option, tag));
  const index = names.indexOf(given.value);
  const option = choice.options[index];
  if (option === undefined) return misfit(given, oneOf(names, given.value));
  return chosen(space, choice, index, match(space, option, at));
}

function matchAny(space: CompiledSpace, choice: ChoiceTemplate, at: Place): Match {
  // One that lacks nothing is meant, though an option before it would fit if it may.
  const whole = at.mayLack ? matchAny(space, choice, { ...at, mayLack: false }) : null;
  if (whole?.fits === true) return whole;
  const misfits: Misfit[] = [];
  for (const [index, option] of choice.options.entries()) {
    const matched = match(space, option, at);
    if (matched.fits) return chosen(space, choice, index, matched);
    misfits.push(matched);
  }
  return nearest(choice, misfits, at);
}

type Misfit = Extract<Match, { fits: false }>;

/** Why no option fits: the error of the one option whose shape fits so far, or else all the options. */
function nearest(choice: ChoiceTemplate, misfits: readonly Misfit[], at: Place): Match {
  const literals = choice.options.flatMap((option) => (option.kind === "literal" ? [option.value] : []));
  if (literals.length === choice.options.length) return misfit(at, oneOf(literals, at.value));
  const inside = misfits.filter((tried) => tried.path !== at.path);
  if (misfits.length === 1 || inside.length === 1) return inside[0] ?? misfits[0] ?? misfit(at, "an option");
  const wanted = [...new Set(misfits.map((tried) => (tried.path === at.path ? tried.expected : "one of its objects")))];
  return misfit(at, wanted.join(", or "));
}

function chosen(space: CompiledSpace, choice: ChoiceTemplate, index: number, matched: Match): Match {
  if (!matched.fits) return matched;
  const { path } = dimensionAt(space, choice.dimension);
  return { fits: true, values: [[path, index], ...matched.values] };
}

function matchArray(space: CompiledSpace, template: ArrayTemplate, at: Place): Match {
  const { value } = at;
  const length = template.items.length;
  if (!Array.isArray(value) || value.length !== length) {
    return misfit(at, `a list of ${length} ${length === 1 ? "item" : "items"}`);
  }
  return all(template.items.map((item, index) => match(space, item, below(at, String(index), value))));
}

function matchObject(space: CompiledSpace, template: ObjectTemplate, at: Place): Match {
  const { value } = at;
  const keys = template.entries.map(([key]) => key);
  if (!isObject(value)) return misfit(at, `an object of ${keys.length === 0 ? "no params" : keys.join(", ")}`);
  const stray = Object.keys(value).find((key) => !keys.includes(key));
  if (stray !== undefined) return misfit(below(at, stray, value), strayMessage(stray, value, keys));
  return all(template.entries.map(([key, entry]) => match(space, entry, below(at, key, value))));
}

function strayMessage(stray: string, value: object, keys: readonly string[]): string {
  const missing = keys.filter((key) => !Object.hasOwn(value, key));
  const open = missing.length === 0 ? keys : missing;
  return `no such param${didYouMean(stray, open) || ` (there ${thoseOf(keys)})`}`;
}

/** Keys that a message has room for. */
const MOST_NAMED = 10;

function thoseOf(keys: readonly string[]): string {
  if (keys.length === 0) return "are none here";
  const named = keys.slice(0, MOST_NAMED).join(", ");
  const others = keys.length - MOST_NAMED;
  return `${keys.length === 1 ? "is" : "are"} ${named}${others > 0 ? ` and ${others} more` : ""}`;
}

function all(matches: readonly Match[]): Match {
  const values: (readonly [string, number])[] = [];
  for (const matched of matches) {
    if (!matched.fits) return matched;
    values.push(...matched.values);
  }
  return { fits: true, values };
}

function below(at: Place, key: string, parent: object): Place {
  return { path: joinPath(at.path, key), value: memberOf(parent, key), mayLack: at.mayLack };
}

function misfit(at: Place, expected: string): Misfit {
  return { fits: false, path: at.path, expected, received: at.value };
}

function oneOf(names: readonly unknown[], given: unknown): string {
  const [only, ...others] = names;
  if (others.length === 0) return show(only);
  const texts = names.filter((name) => typeof name === "string");
  const meant = typeof given === "string" ? didYouMean(given, texts) : "";
  return `one of ${names.map(show).join(", ")}${meant}`;
}
