import type { Pruner } from "../pruners/pruner.ts";
import type { PrunerSpec } from "../pruners/registry.ts";
import type { SamplerSpec } from "../samplers/registry.ts";
import type { Sampler } from "../samplers/sampler.ts";
import { isObject } from "../space/object.ts";
import type { JsonObject } from "../trial/json.ts";
import { hasJson } from "../trial/option-check.ts";
import type { Check } from "./checks.ts";

export const SAMPLER: Check<SamplerSpec | Sampler> = {
  expected: "a sampler: a name such as tpe, { tpe: { startup: 20 } }, or an object such as tpe() gives",
  read: (value) => (isSampler(value) ? value : written(value)),
  hint: namedByKey,
};

export const PRUNER: Check<PrunerSpec | Pruner> = {
  expected: "a pruner: a name such as median, { median: { startup: 3 } }, or an object such as median() gives",
  read: (value) => (isPruner(value) ? value : written(value)),
  hint: namedByKey,
};

/** A name, or one name with its options, which its own builder checks. */
function written(value: unknown): SamplerSpec | PrunerSpec | undefined {
  if (typeof value === "string") return value === "" ? undefined : { name: value, options: {} };
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value);
  const [name, options] = entries[0] ?? [];
  return entries.length === 1 && name && hasJson(options) && isJsonObject(options) ? { name, options } : undefined;
}

/** What `{ name: median, startup: 3 }`, or `{ name: median, options: { startup: 3 } }`, was meant to be. */
function namedByKey(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const { name, ...others } = value;
  if (typeof name !== "string") return undefined;
  const options = isObject(others["options"]) ? others["options"] : others;
  return `Write ${JSON.stringify({ [name]: options })}.`;
}

function isSampler(value: unknown): value is Sampler {
  return isObject(value) && typeof value["name"] === "string" && typeof value["propose"] === "function";
}

function isPruner(value: unknown): value is Pruner {
  return isObject(value) && typeof value["name"] === "string" && typeof value["judge"] === "function";
}

function isJsonObject(value: unknown): value is JsonObject {
  return isObject(value) && Object.values(value).every(isJson);
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  return Array.isArray(value) ? value.every(isJson) : isJsonObject(value);
}
