import { SpaceError } from "../errors.ts";
import { numbersHint } from "./argument-hint.ts";
import type { Distribution } from "./distribution.ts";
import { firstMultiple, lastMultiple, MOST_STEPS } from "./grid.ts";
import { type NodeKind, nodeKind, type SpaceNode } from "./node.ts";

/**
 * The distribution of a node, its arguments checked.
 *
 * @throws SpaceError at `path`
 */
export function distributionOf(node: SpaceNode, path: string): Distribution {
  const kind = nodeKind(node);
  if (kind === null) throw new SpaceError(path, "a node such as { uniform: [0, 1] }", node);
  const args: unknown = Object.values(node)[0];
  switch (kind) {
    case "uniform":
    case "loguniform":
      return { kind, ...bounds(kind, args, path) };
    case "uniformint":
      return { kind, ...integers(kind, bounds(kind, args, path), path) };
    case "quniform":
    case "qloguniform":
      return { kind, ...grid(kind, args, path) };
    case "normal":
    case "lognormal":
      return { kind, ...moments(kind, args, path) };
    case "qnormal":
    case "qlognormal": {
      const [mu, sigma, q] = finite(kind, ["mu", "sigma", "q"], args, path);
      return { kind, ...moments(kind, [mu, sigma], path), q: positive(`${kind} q`, q, path) };
    }
    case "randint":
      return { kind, ...randintBounds(args, path) };
    case "choice":
      return { kind, count: options(kind, args, path).length };
    case "pchoice":
      return { kind, probabilities: probabilities(args, path) };
  }
}

const LOG_KINDS = new Set(["loguniform", "qloguniform"]);

function bounds(kind: NodeKind, args: unknown, path: string): { low: number; high: number } {
  const [low, high] = finite(kind, ["low", "high"], args, path);
  if (!(low < high)) throw new SpaceError(path, `${kind} [low, high] with low < high`, args, swapHint(low, high));
  if (!Number.isFinite(high - low)) throw new SpaceError(path, `${kind} bounds whose difference is finite`, args);
  if (LOG_KINDS.has(kind) && !(low > 0)) {
    throw new SpaceError(
      path,
      `${kind} bounds above 0`,
      args,
      "Bounds of log kinds are natural values, not logarithms.",
    );
  }
  return { low, high };
}

function swapHint(low: number, high: number): string {
  return low > high ? `Swap them: [${high}, ${low}].` : "For a constant, write the value itself.";
}

function integers(kind: string, range: { low: number; high: number }, path: string): { low: number; high: number } {
  const given = [range.low, range.high];
  if (!given.every(Number.isInteger)) throw new SpaceError(path, `${kind} bounds that are integers`, given);
  checkSafe(kind, given, path);
  return range;
}

/** Of integers beyond 2^53, neighbours are one number. */
function checkSafe(kind: string, bounds: readonly number[], path: string): void {
  if (!bounds.every(Number.isSafeInteger)) {
    throw new SpaceError(path, `${kind} bounds less than 2^53 from 0`, bounds);
  }
}

function grid(kind: NodeKind, args: unknown, path: string): { low: number; high: number; q: number } {
  const [low, high, step] = finite(kind, ["low", "high", "q"], args, path);
  const range = bounds(kind, [low, high], path);
  const q = positive(`${kind} q`, step, path);
  const first = firstMultiple(low, q);
  const last = lastMultiple(high, q);
  if (!(first >= -MOST_STEPS && last <= MOST_STEPS)) {
    throw new SpaceError(path, `${kind} bounds at most 1e13 steps of q from 0`, args, "Take a larger q.");
  }
  if (last < first) {
    throw new SpaceError(path, `${kind} bounds with a multiple of q between them`, args);
  }
  if (!Number.isFinite((last + 0.5) * q - (first - 0.5) * q)) {
    throw new SpaceError(path, `${kind} bounds whose difference is finite, half a q beyond each of them too`, args);
  }
  return { ...range, q };
}

function moments(kind: NodeKind, args: unknown, path: string): { mu: number; sigma: number } {
  const [mu, sigma] = finite(kind, ["mu", "sigma"], args, path);
  return { mu, sigma: positive(`${kind} sigma`, sigma, path) };
}

function randintBounds(args: unknown, path: string): { low: number; upper: number } {
  const given = Array.isArray(args) && args.length === 1 ? [0, args[0]] : args;
  const [low, upper] = finite("randint", ["low", "upper"], given, path);
  if (!Number.isInteger(low) || !Number.isInteger(upper) || low >= upper) {
    throw new SpaceError(path, "randint [upper] or [low, upper] with integers and low < upper", args);
  }
  checkSafe("randint", [low, upper], path);
  return { low, upper };
}

function options(kind: NodeKind, args: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(args) || args.length === 0)
    throw new SpaceError(path, `${kind} of a list with at least one option`, args);
  return args;
}

function probabilities(args: unknown, path: string): readonly number[] {
  const weights = Array.from(options("pchoice", args, path), (pair) => {
    const probability: unknown = Array.isArray(pair) && pair.length === 2 ? pair[0] : undefined;
    if (typeof probability !== "number" || !(probability >= 0 && probability <= 1)) {
      throw new SpaceError(path, "pchoice of [probability, option] pairs, probability from 0 to 1", pair);
    }
    return probability;
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (Math.abs(sum - 1) > 1e-6) throw new SpaceError(path, "pchoice probabilities that sum to 1", sum);
  return weights.map((weight) => weight / sum);
}

function positive(what: string, value: number, path: string): number {
  if (!(value > 0)) throw new SpaceError(path, `${what} above 0`, value);
  return value;
}

type Finite<N extends readonly string[]> = { readonly [I in keyof N]: number };

function finite<const N extends readonly string[]>(kind: NodeKind, names: N, args: unknown, path: string): Finite<N> {
  const ok = Array.isArray(args) && args.length === names.length && args.every((value) => Number.isFinite(value));
  if (!ok) {
    const hint = numbersHint(kind, names, args);
    throw new SpaceError(path, `${kind} [${names.join(", ")}] of finite numbers`, args, hint);
  }
  return args as unknown as Finite<N>; // checked above: as many finite numbers as names
}
