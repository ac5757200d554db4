import { isParzenError, show } from "../errors.ts";
import type { Json, JsonObject } from "../trial/json.ts";
import type { CompleteOutcome, FailedOutcome, LostOutcome } from "../trial/outcome.ts";
import { isExhaustion, machineFault } from "./machine-fault.ts";

/** What becomes of a trial whose objective came back by itself. */
export type Result = CompleteOutcome | FailedOutcome | LostOutcome;

const EXPECTED = "expected a finite number or { loss, metrics?, attributes? }";

/** Longest attributes that are kept, as characters of JSON, and their deepest nesting. */
const MAX_ATTRIBUTES = 64 * 1024;
const MAX_DEPTH = 16;

/** How many metrics are kept, the first ones, and how long their names may be. */
const MAX_METRICS = 1000;
const MAX_NAME = 128;

/** How many of the dropped metrics are named. */
const MAX_NAMED = 32;

/** Longest message of a failure, in characters and in lines. */
const MAX_MESSAGE = 1000;
const MAX_LINES = 4;

/**
 * What an objective's return value means. Only a finite loss completes a trial. A metric that is no finite number, or
 * one too many, is left out and named under `droppedMetrics` in the attributes; attributes that are no JSON, too long,
 * too deep or that hold a key `__proto__` are left out with the reason under `droppedAttributes`. None of these is worth
 * a trained model. What is kept fits every store and a message of the slot's protocol.
 *
 * @throws what a getter of the value throws
 */
export function interpretResult(returned: unknown): Result {
  if (typeof returned === "number") {
    return Number.isFinite(returned) ? { kind: "complete", losses: [returned] } : refused(returned);
  }
  if (returned === undefined) {
    return invalid(`the objective returned nothing; ${EXPECTED}. Is a "return" missing?`);
  }
  if (!isObject(returned)) return refused(returned);
  const { loss, metrics, attributes } = returned;
  if (typeof loss !== "number" || !Number.isFinite(loss)) return refused(returned);
  return complete(loss, metrics, attributes);
}

/** What the return value of an objective's test means: figures on the test split, and no loss of their own. */
export function interpretTest(returned: unknown): Result {
  const metrics = isObject(returned) ? returned["metrics"] : undefined;
  if (!isObject(metrics)) {
    return invalid(`the objective's test returned ${show(returned)}; expected { metrics: { name: number } }`);
  }
  return complete(0, metrics, undefined);
}

/** The outcome of a test that an objective does not have. */
export function noTest(objective: string): FailedOutcome {
  return invalid(`the objective of "${objective}" has no test: it is a function, expected { evaluate, test }`);
}

/**
 * What a throw means: the error's message without its stack, which belongs in the log. That the disk is full, the
 * machine has run out of something else, or the data on it is wrong is no failure of the objective.
 */
export function interpretThrow(thrown: unknown): FailedOutcome | LostOutcome {
  const isData = isParzenError(thrown) && thrown.code === "DATA_INVALID";
  if (isData || isExhaustion(thrown)) return machineFault(messageOf(thrown));
  return { kind: "failed", reason: "error", message: messageOf(thrown) };
}

/** The first lines of what was thrown, with the name of the error where it says something. Never throws itself. */
export function messageOf(thrown: unknown): string {
  try {
    if (!(thrown instanceof Error)) return shorten(`threw ${show(thrown)}`);
    const named = thrown.name === "Error" || isParzenError(thrown) ? "" : `${thrown.name}: `;
    return shorten(`${named}${thrown.message === "" ? "an error without a message" : thrown.message}`);
  } catch {
    return "threw something that cannot be shown";
  }
}

/** What was thrown, as the log shows it. Never throws itself. */
export function stackOf(thrown: unknown): string {
  try {
    return `${thrown instanceof Error ? (thrown.stack ?? messageOf(thrown)) : messageOf(thrown)}\n`;
  } catch {
    return `${messageOf(thrown)}\n`;
  }
}

/** Text cut to what a message may be. */
export function shorten(text: string): string {
  const lines = text.split("\n").slice(0, MAX_LINES).join("\n").trimEnd();
  return lines.length > MAX_MESSAGE ? `${lines.slice(0, MAX_MESSAGE - 3)}...` : lines;
}

export function invalid(message: string): FailedOutcome {
  return { kind: "failed", reason: "invalid", message: shorten(message) };
}

function refused(returned: unknown): FailedOutcome {
  return invalid(`the objective returned ${show(returned)}; ${EXPECTED}`);
}

function complete(loss: number, metrics: unknown, attributes: unknown): Result {
  const notes: Record<string, Json> = {};
  if (metrics !== undefined && !isObject(metrics)) {
    return invalid(`the objective returned metrics ${show(metrics)}; expected { name: number }`);
  }
  const figures = metrics === undefined ? {} : keptMetrics(metrics, notes);
  const described = { ...(attributes === undefined ? {} : keptAttributes(attributes, notes)), ...notes };
  return {
    kind: "complete",
    losses: [loss],
    ...(Object.keys(figures).length > 0 ? { metrics: figures } : {}),
    ...(Object.keys(described).length > 0 ? { attributes: described } : {}),
  };
}

function keptMetrics(metrics: Record<string, unknown>, notes: Record<string, Json>): Record<string, number> {
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

function keptAttributes(attributes: unknown, notes: Record<string, Json>): JsonObject {
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
    return isObject(copy) ? (faultOf(copy, 1) ?? copy) : `no object: ${show(attributes)}`;
  } catch (error) {
    return messageOf(error);
  }
}

/** What keeps JSON from crossing a border between processes; null where nothing does. */
function faultOf(json: Json, depth: number): string | null {
  if (typeof json !== "object" || json === null) return null;
  if (depth > MAX_DEPTH) return `nested more than ${MAX_DEPTH} deep`;
  if (Object.hasOwn(json, "__proto__")) return "a key __proto__";
  for (const inner of Object.values(json)) {
    const fault = faultOf(inner, depth + 1);
    if (fault !== null) return fault;
  }
  return null;
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
