import { ParzenError, show } from "../errors.ts";
import type { Json, JsonObject } from "../trial/json.ts";
import type { CompleteOutcome, FailedOutcome } from "../trial/outcome.ts";

/** What becomes of a trial whose objective came back by itself. */
export type Result = CompleteOutcome | FailedOutcome;

const EXPECTED = "expected a finite number or { loss, metrics?, attributes? }";

/** Longest attributes that are kept, as characters of JSON. */
const MAX_ATTRIBUTES = 64 * 1024;

/** Longest message of a failure, in characters and in lines. */
const MAX_MESSAGE = 1000;
const MAX_LINES = 4;

/**
 * What an objective's return value means. Only a finite loss completes a trial. A metric that is no finite number is
 * left out and named under `droppedMetrics` in the attributes, and so are attributes that are no JSON: neither is
 * worth a trained model.
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

/** What a throw means: the error's message without its stack, which belongs in the log. */
export function interpretThrow(thrown: unknown): FailedOutcome {
  return { kind: "failed", reason: "error", message: messageOf(thrown) };
}

/** The first lines of what was thrown, with the name of the error where it says something. */
export function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return shorten(`threw ${show(thrown)}`);
  const named = thrown.name === "Error" || thrown instanceof ParzenError ? "" : `${thrown.name}: `;
  return shorten(`${named}${thrown.message === "" ? "an error without a message" : thrown.message}`);
}

/** What was thrown, as the log shows it. */
export function stackOf(thrown: unknown): string {
  return `${thrown instanceof Error ? (thrown.stack ?? messageOf(thrown)) : messageOf(thrown)}\n`;
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
  const figures = metrics === undefined ? {} : finiteOnly(metrics, notes);
  if (figures === null) return invalid(`the objective returned metrics ${show(metrics)}; expected { name: number }`);
  const described = { ...(attributes === undefined ? {} : jsonOnly(attributes, notes)), ...notes };
  return {
    kind: "complete",
    losses: [loss],
    ...(Object.keys(figures).length > 0 ? { metrics: figures } : {}),
    ...(Object.keys(described).length > 0 ? { attributes: described } : {}),
  };
}

function finiteOnly(metrics: unknown, notes: Record<string, Json>): Record<string, number> | null {
  if (!isObject(metrics)) return null;
  const entries = Object.entries(metrics);
  const kept = entries.filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
  const dropped = entries.filter(([, value]) => !Number.isFinite(value));
  if (dropped.length > 0) {
    notes["droppedMetrics"] = Object.fromEntries(dropped.map(([name, value]) => [name, show(value)]));
  }
  return Object.fromEntries(kept);
}

function jsonOnly(attributes: unknown, notes: Record<string, Json>): JsonObject {
  try {
    const text = isObject(attributes) ? JSON.stringify(attributes) : undefined;
    if (text !== undefined && text.length <= MAX_ATTRIBUTES) return JSON.parse(text);
    notes["droppedAttributes"] = text === undefined ? `no object: ${show(attributes)}` : `${text.length} characters`;
  } catch (error) {
    notes["droppedAttributes"] = messageOf(error);
  }
  return {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
