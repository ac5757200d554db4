import { show } from "../../src/errors.ts";
import { isObject } from "../../src/space/object.ts";
import { joinPath } from "../../src/space/path.ts";
import type { Template } from "../../src/space/template.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { constantOf } from "../render/space.ts";

/**
 * Constants of a command's space that look as if they were meant to be searched, as W&B and dictionaries of lists write
 * it, each with what searches it. They are not among `{args}`; one that stands in the command by its name is meant.
 */
export function unsearched({ command, space }: Pick<LoadedSweep, "command" | "space">): readonly string[] {
  if (!command?.includes("{args}")) return [];
  return within(space.template, "")
    .filter(({ path }) => !command.some((element) => element.includes(`{${path}}`) || element.includes(`{${path}.`)))
    .map(({ path, value, node }) => `${path} is the same in all trials, ${show(value)}; to search it: ${node}`);
}

interface Found {
  readonly path: string;
  readonly value: unknown;
  /** As it is written in YAML. */
  readonly node: string;
}

/** What is outside of choices: the constants of an option tell which one it is. */
function within(template: Template, path: string): readonly Found[] {
  const value = constantOf(template);
  const node = path === "" ? null : nodeFor(value);
  if (node !== null) return [{ path, value, node }];
  if (template.kind !== "object") return [];
  return template.entries.flatMap(([key, entry]) => within(entry, joinPath(path, key)));
}

/** The node that was probably meant; null for a constant that is just one. */
function nodeFor(value: unknown): string | null {
  if (Array.isArray(value)) return choiceOf(value);
  if (!isObject(value)) return null;
  const { values, min, max, distribution } = value;
  if (Array.isArray(values)) return choiceOf(values);
  if (typeof min !== "number" || typeof max !== "number") return null;
  if (distribution === "log_uniform") return `{ loguniform: [${powerOfE(min)}, ${powerOfE(max)}] }`;
  const isWhole = Number.isInteger(min) && Number.isInteger(max);
  const kind = String(distribution).includes("log") ? "loguniform" : isWhole ? "uniformint" : "uniform";
  return `{ ${kind}: [${min}, ${max}] }`;
}

/** W&B's `log_uniform` has exponents as its bounds, `log_uniform_values` the values. */
function powerOfE(exponent: number): number {
  return Number(Math.exp(exponent).toPrecision(6));
}

function choiceOf(options: readonly unknown[]): string | null {
  const areLiterals = options.every((option) => typeof option !== "object");
  return areLiterals && new Set(options).size === options.length && options.length > 1
    ? `{ choice: ${JSON.stringify(options)} }` // whole, however long
    : null;
}
