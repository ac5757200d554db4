import { ParzenError } from "../../src/errors.ts";
import type { CompiledSpace } from "../../src/space/compile.ts";
import { isObject } from "../../src/space/object.ts";
import { placesOf } from "../../src/space/places.ts";
import { type ArrayTemplate, type ObjectTemplate, type Template, tagValue } from "../../src/space/template.ts";

/** Params while they are put together: by key, items of lists by their index. Leaves are JSON, or not there yet. */
type Branch = Record<string, unknown>;

/**
 * Params as a command line gives them: one JSON object, or `path=value` pairs as tables show them
 * (`optimizer.type=adam`), or by the paths of dimensions (`optimizer.adam.beta=0.9`). A value is JSON where it can be read
 * so, else text. With pairs, constants of the space need not be given.
 *
 * @returns what still has to be checked against the space
 * @throws PARAMS_INVALID for text that is neither
 */
export function readParams(space: CompiledSpace, words: readonly string[]): unknown {
  const [first = ""] = words;
  if (words.length === 1 && first.trim().startsWith("{")) return readJson(first);
  const draft: Branch = {};
  const options = words.flatMap((word) => addPair(draft, word, space));
  for (const { path, value } of options) {
    const [branch, last] = placeIn(draft, path, path);
    if (!Object.hasOwn(branch, last)) branch[last] = value;
  }
  return complete(space.template, draft);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ParzenError("PARAMS_INVALID", `params: this is not JSON: ${text}`, {
      hint: "Quote it for the shell, as in '{\"lr\": 0.01}', or give pairs: lr=0.01",
      cause,
    });
  }
}

/** @returns the options of choices that the pair's path names besides */
function addPair(draft: Branch, word: string, space: CompiledSpace): readonly Pair[] {
  const at = word.indexOf("=");
  if (at < 1) {
    throw new ParzenError("PARAMS_INVALID", `params: expected path=value or one JSON object, received ${word}`);
  }
  const typed = word.slice(0, at).replace(/^--/, "");
  const value = readValue(word.slice(at + 1));
  const [{ path }, ...options] = isObject(value) ? [{ path: typed }] : pairsOf(space, typed, word); // an option as a whole
  const [branch, last] = placeIn(draft, path, word);
  if (Object.hasOwn(branch, last)) throw given(word);
  branch[last] = value;
  return options;
}

/** A value, and where params have it. */
interface Pair {
  readonly path: string;
  readonly value: unknown;
}

/**
 * The path of a dimension, `optimizer.sgd.momentum`, as the one in params, with the options that it takes: `sgd`.
 *
 * @param word for the message
 * @throws PARAMS_INVALID where it means an option that nothing in params would tell from others with that path
 */
function pairsOf(
  space: CompiledSpace,
  typed: string,
  word: string,
): readonly [Pick<Pair, "path">, ...(readonly Pair[])] {
  const places = placesOf(space);
  const index = space.dimensions.findIndex(({ path }) => path === typed);
  const place = places[index];
  if (place === undefined || places.some(({ path }) => path === typed)) return [{ path: typed }];
  const options = optionsAbove(space, index);
  if (options.some(({ value }) => value === undefined) && places.filter(({ path }) => path === place.path).length > 1) {
    const what = `${place.path} says nothing of the option that is meant, and several have it`;
    const hint = `Write ${place.path}, and with it what only that option has.`;
    throw new ParzenError("PARAMS_INVALID", `params: ${word}: ${what}`, { hint });
  }
  return [place, ...options.filter(({ value }) => value !== undefined)];
}

/** The value is undefined for an option without a tag. */
function optionsAbove(space: CompiledSpace, index: number): readonly Pair[] {
  const condition = space.dimensions[index]?.condition ?? null;
  if (condition === null) return [];
  const { path, choice } = placesOf(space)[condition.dimension] ?? { path: "", choice: null };
  const option = choice?.options[condition.option];
  const value = option === undefined || choice === null ? undefined : tagValue(option, choice.tag);
  return [...optionsAbove(space, condition.dimension), { path, value }];
}

/** The object and the key in it that a path leads to. @param word for the message */
function placeIn(draft: Branch, path: string, word: string): readonly [branch: Branch, key: string] {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let branch = draft;
  for (const key of keys) branch = childOf(branch, key, word);
  return [branch, last];
}

function childOf(branch: Branch, key: string, word: string): Branch {
  const child = own(branch, key) ?? {};
  if (!isObject(child)) throw given(word);
  branch[key] = child;
  return child;
}

function given(word: string): ParzenError {
  return new ParzenError("PARAMS_INVALID", `params: ${word} gives what another pair gave already`);
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Fills in the constants of a space, and makes lists of what was given by index. What does not fit stays as it is. */
function complete(template: Template, draft: unknown): unknown {
  switch (template.kind) {
    case "literal":
      return draft === undefined ? template.value : draft;
    case "number":
      return draft;
    case "object":
      return completeObject(template, draft);
    case "array":
      return completeArray(template, draft);
    case "choice": {
      const meant = template.options.filter((each, index) => isMeant(each, template.branches[index], draft));
      const [option] = template.tag === null || meant.length === 1 ? meant : []; // else its tag has to be given
      return option === undefined ? draft : complete(option, draft);
    }
  }
}

function completeObject({ entries }: ObjectTemplate, draft: unknown = {}): unknown {
  if (!isObject(draft)) return draft;
  const completed: Branch = { ...draft };
  for (const [key, entry] of entries) {
    const value = complete(entry, own(draft, key));
    if (value !== undefined) completed[key] = value;
  }
  return completed;
}

function completeArray({ items }: ArrayTemplate, draft: unknown = {}): unknown {
  if (!isObject(draft) || Object.keys(draft).some((key) => !(Number(key) < items.length))) return draft;
  return items.map((item, index) => complete(item, own(draft, String(index))));
}

/** Whether an option of a choice is the one that was given: it has the tag's value, or the keys. */
function isMeant(option: Template, branch: string | undefined, draft: unknown): boolean {
  if (!isObject(draft)) return false;
  if (option.kind === "array") return Object.keys(draft).every((key) => Number(key) < option.items.length);
  if (option.kind !== "object") return false;
  const literals = option.entries.filter(([key, entry]) => entry.kind === "literal" && Object.hasOwn(draft, key));
  if (literals.some(([key, entry]) => entry.kind === "literal" && entry.value !== own(draft, key))) return false;
  const isNamed = literals.some(([, entry]) => entry.kind === "literal" && String(entry.value) === branch);
  return isNamed || Object.keys(draft).every((key) => option.entries.some(([name]) => name === key));
}

function own(branch: Readonly<Branch>, key: string): unknown {
  return Object.hasOwn(branch, key) ? branch[key] : undefined;
}
