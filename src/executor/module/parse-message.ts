import * as v from "valibot";
import type { Assignment } from "../../space/assignment.ts";
import { isObject } from "../../space/object.ts";
import type { KnownCode } from "../../sweep/code/known-code.ts";
import type { Json, JsonObject } from "../../trial/json.ts";
import { VERDICTS, type Verdict } from "../../trial/report.ts";
import type { TrialTask } from "../../trial/task.ts";
import type { EarlyEnd } from "../ending.ts";
import { borderFault } from "../json-border.ts";
import type { Result } from "../result.ts";
import { MAX_MESSAGE, type ToChild, type ToParent, type WireNumber } from "./protocol.ts";

/** Deepest nesting of a message. */
const MAX_DEPTH = 32;

/** Longest text in a message, in characters. */
export const LONGEST_TEXT = 4096;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT));
const figures = v.custom<{ readonly [name: string]: number }>((value) => isObject(value) && holdsFiniteNumbers(value));
const finite = v.pipe(v.number(), v.finite());

const wireNumber: v.GenericSchema<unknown, WireNumber> = v.union([
  finite,
  v.picklist(["NaN", "Infinity", "-Infinity"]),
]);

/** A task as it crosses a process border. Whether the assignment is one of the space is for the owner of the space. */
const trialTask: v.GenericSchema<unknown, TrialTask> = v.strictObject({
  v: v.literal(1),
  study: text,
  trial: count,
  attempt: count,
  token: text,
  objective: text,
  version: v.nullable(text),
  assignment: v.custom<Assignment>((value) => isObject(value) && holdsFiniteNumbers(value)),
  // A task of 0.1 has none.
  fidelity: v.optional(v.nullable(v.pipe(v.number(), v.finite())), null),
  seed: count,
  studySeed: v.pipe(v.number(), v.safeInteger()),
  purpose: v.picklist(["search", "test"]),
  // A task of 0.1 has none.
  resumedFrom: v.optional(v.nullable(count), null),
});

const result: v.GenericSchema<unknown, Result> = v.variant("kind", [
  v.strictObject({
    kind: v.literal("complete"),
    losses: v.strictTuple([finite]),
    metrics: v.exactOptional(figures),
    attributes: v.exactOptional(v.custom<JsonObject>(isObject)),
  }),
  v.strictObject({ kind: v.literal("failed"), reason: v.picklist(["error", "invalid"]), message: text }),
  v.strictObject({ kind: v.literal("lost"), machine: v.literal(true), message: text }),
]);

const earlyEnd: v.GenericSchema<unknown, EarlyEnd> = v.picklist(["cancel", "hand-back", "prune", "timeout"]);
const verdict: v.GenericSchema<unknown, Verdict> = v.picklist(VERDICTS);

const knownCode: v.GenericSchema<unknown, KnownCode> = v.strictObject({
  entry: v.string(),
  modules: v.array(
    v.strictObject({
      name: v.string(),
      path: v.string(),
      size: count,
      isExact: v.boolean(),
      digest: v.string(),
      hash: v.string(),
    }),
  ),
});

const version = v.literal(1);

const toChild: v.GenericSchema<unknown, ToChild> = v.variant("type", [
  v.strictObject({ v: version, type: v.literal("load"), known: v.nullable(knownCode) }),
  v.strictObject({ v: version, type: v.literal("run"), run: count, task: trialTask, directory: text }),
  v.strictObject({ v: version, type: v.literal("stop"), run: count, reason: earlyEnd }),
  v.strictObject({
    v: version,
    type: v.literal("verdict"),
    run: count,
    report: count,
    verdict,
  }),
  v.strictObject({ v: version, type: v.literal("unkept"), run: count, report: count, message: text }),
]);

const toParent: v.GenericSchema<unknown, ToParent> = v.variant("type", [
  v.strictObject({ v: version, type: v.literal("ready") }),
  v.strictObject({ v: version, type: v.literal("refused"), message: text }),
  v.strictObject({
    v: version,
    type: v.literal("report"),
    run: count,
    report: count,
    step: count,
    value: wireNumber,
  }),
  v.strictObject({ v: version, type: v.literal("checkpoint"), run: count, report: count, step: count }),
  v.strictObject({ v: version, type: v.literal("started"), run: count }),
  v.strictObject({ v: version, type: v.literal("done"), run: count, result, rss: count, isLast: v.boolean() }),
]);

/** A message that came, or why it is none. */
export type Parsed<M> = { readonly ok: true; readonly message: M } | { readonly ok: false; readonly problem: string };

export function parseToChild(line: string): Parsed<ToChild> {
  return parse(line, toChild);
}

export function parseToParent(line: string): Parsed<ToParent> {
  return parse(line, toParent);
}

function parse<M>(line: string, schema: v.GenericSchema<unknown, M>): Parsed<M> {
  if (line.length > MAX_MESSAGE) return { ok: false, problem: `longer than ${MAX_MESSAGE} characters` };
  let value: Json;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, problem: "no JSON" };
  }
  const fault = borderFault(value, MAX_DEPTH);
  if (fault !== null) return { ok: false, problem: fault };
  const checked = v.safeParse(schema, value);
  if (checked.success) return { ok: true, message: checked.output };
  const issue = checked.issues[0];
  return { ok: false, problem: `${v.getDotPath(issue) ?? "message"}: ${issue.message}` };
}

function holdsFiniteNumbers(value: Record<string, unknown>): boolean {
  return Object.values(value).every(Number.isFinite);
}
