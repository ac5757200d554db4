import { show } from "../errors.ts";
import { isObject } from "../space/object.ts";
import type { Json, JsonObject } from "../trial/json.ts";
import { messageOf } from "./failure-message.ts";
import { borderFault } from "./json-border.ts";

/** Longest attributes that are kept, as characters of JSON, and their deepest nesting. */
const MAX_ATTRIBUTES = 64 * 1024;
const MAX_DEPTH = 16;

/** How many metrics are kept, the first ones, and how long their names may be. */
const MAX_METRICS = 1000;
const MAX_NAME = 128;

/** How many of what is dropped are named. */
const MAX_NAMED = 32;

/** The metrics that are kept; what is left out is named in `notes`. */
export function keptMetrics(metrics: Record<string, unknown>, notes: Record<string, Json>): Record<string, number> {
  const kept: [string, number][] = [];
  const dropped: [string, string][] = [];
  for (const [name, value] of Object.entries(metrics)) {
    const isNamed = name !== "__proto__" && name.length <= MAX_NAME;
    if (isNamed && isFiniteNumber(value) && kept.length < MAX_METRICS) kept.push([name, value]);
    else dropped.push([isNamed ? name : show(name), show(value)]);
  }
  if (dropped.length > 0) notes["droppedMetrics"] = named(dropped);
  return Object.fromEntries(kept);
}

function named(dropped: readonly (readonly [string, string])[]): JsonObject {
  const more = dropped.length - MAX_NAMED;
  return Object.fromEntries([...dropped.slice(0, MAX_NAMED), ...(more > 0 ? [["...", `${more} more`]] : [])]);
}

/** The attributes that are kept: all, or none and the reason in `notes`. */
export function keptAttributes(attributes: unknown, notes: Record<string, Json>): JsonObject {
  const copy = copyOf(attributes);
  if (typeof copy !== "string") return copy;
  notes["droppedAttributes"] = copy;
  return {};
}

/** A copy, as JSON has it, or why there is none to keep. */
function copyOf(attributes: unknown): JsonObject | string {
  try {
    const text = isObject(attributes) ? JSON.stringify(attributes) : undefined;
    if (text !== undefined && text.length > MAX_ATTRIBUTES) return `${text.length} characters`;
    // A `toJSON` may make anything of an object.
    const copy: Json = text === undefined ? null : JSON.parse(text);
    return isObject(copy) ? (borderFault(copy, MAX_DEPTH) ?? copy) : `no object: ${show(attributes)}`;
  } catch (error) {
    return messageOf(error);
  }
}

const KEYS = ["loss", "metrics", "attributes"];

/** Names the keys of a result that mean nothing in `notes`. What they hold is not looked at: a getter may throw. */
export function noteDropped(returned: object, notes: Record<string, Json>): void {
  const stray = Object.keys(returned).filter((key) => !KEYS.includes(key));
  if (stray.length === 0) return;
  const names = stray.slice(0, MAX_NAMED).map((key) => (key.length > MAX_NAME ? `${key.slice(0, MAX_NAME)}...` : key));
  const more = stray.length - names.length;
  notes["droppedKeys"] = more > 0 ? [...names, `... ${more} more`] : names;
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
