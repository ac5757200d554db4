import { show } from "../errors.ts";
import type { NodeKind } from "./node.ts";

/** What stands in the kind's place where there is a step too many. */
const STEPPED: { readonly [kind in NodeKind]?: NodeKind } = {
  uniform: "quniform",
  uniformint: "quniform",
  loguniform: "qloguniform",
  normal: "qnormal",
  lognormal: "qlognormal",
};

/** What to write instead of numbers that are not what a kind takes; undefined where that is not clear. */
export function numbersHint(kind: NodeKind, names: readonly string[], args: unknown): string | undefined {
  if (!Array.isArray(args)) return undefined;
  const [first, ...rest]: readonly unknown[] = args;
  if (isLabel(first)) return noLabel(first, `${kind}(${(areNumbers(rest, names) ? rest : names).join(", ")})`);
  if (args.length === 1 && areNumbers(first, names)) {
    return `The numbers are given one by one: hp.${kind}(${first.join(", ")}).`;
  }
  const stepped = STEPPED[kind];
  const isStepped = stepped !== undefined && areNumbers(args, [...names, "q"]);
  return isStepped ? `With steps of ${args.at(-1)} it is hp.${stepped}(${args.join(", ")}).` : undefined;
}

/** The same of a choice that was called with other than one list. */
export function optionsHint(kind: "choice" | "pchoice", given: readonly unknown[]): string {
  const [first, second] = given;
  const isLabelled = isLabel(first) && given.length === 2 && Array.isArray(second);
  return isLabelled ? noLabel(first, `${kind}([...])`) : `Write hp.${kind}(${show(given)}).`;
}

/** For who writes what Hyperopt wants, `hp.uniform("lr", 0, 1)`. */
function noLabel(label: string, node: string): string {
  return `There are no labels: a param is named by its key, as in { ${label}: hp.${node} }.`;
}

/** A text that is no number, as which YAML may have read one. */
function isLabel(value: unknown): value is string {
  return typeof value === "string" && Number.isNaN(Number.parseFloat(value));
}

function areNumbers(values: unknown, names: readonly string[]): values is readonly number[] {
  return Array.isArray(values) && values.length === names.length && values.every((value) => Number.isFinite(value));
}
