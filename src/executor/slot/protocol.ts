import * as v from "valibot";
import type { Assignment } from "../../space/assignment.ts";
import { isObject } from "../../space/object.ts";
import type { KnownCode } from "../../sweep/known-code.ts";
import type { Json, JsonObject } from "../../trial/json.ts";
import type { Verdict } from "../../trial/report.ts";
import type { TrialTask } from "../../trial/task.ts";
import type { EarlyEnd } from "../ending.ts";
import { borderFault } from "../json-border.ts";
import type { Result } from "../result.ts";

/** Longest message of the protocol, in characters. */
export const MAX_MESSAGE: number = 1024 * 1024;

/** Deepest nesting of a message. */
const MAX_DEPTH = 32;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(4096));
const figures = v.custom<{ readonly [name: string]: number }>((value) => isObject(value) && holdsFiniteNumbers(value));
const finite = v.pipe(v.number(), v.finite());

/** JSON has no NaN and no infinities, but a report may be one. */
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
const verdict: v.GenericSchema<unknown, Verdict> = v.picklist(["continue", "prune", "cancel"]);

/** What a parent tells the child of its slot. `run` counts the trials of the child, so that a late message is known. */
export type ToChild =
  /** Comes first, and once: what the parent found the sweep's code to be. */
  | { readonly v: 1; readonly type: "load"; readonly known: KnownCode | null }
  | { readonly v: 1; readonly type: "run"; readonly run: number; readonly task: TrialTask; readonly directory: string }
  | { readonly v: 1; readonly type: "stop"; readonly run: number; readonly reason: EarlyEnd }
  | {
      readonly v: 1;
      readonly type: "verdict";
      readonly run: number;
      readonly report: number;
      readonly verdict: Verdict;
    }
  /** In place of a verdict: the files of a checkpoint cannot be kept. */
  | { readonly v: 1; readonly type: "unkept"; readonly run: number; readonly report: number; readonly message: string };

export type WireNumber = number | "NaN" | "Infinity" | "-Infinity";

/** What a child tells its parent. */
export type ToParent =
  | { readonly v: 1; readonly type: "ready" }
  /** The sweep cannot be run: why, as a message. */
  | { readonly v: 1; readonly type: "refused"; readonly message: string }
  | {
      readonly v: 1;
      readonly type: "report";
      readonly run: number;
      /** Counts the reports and checkpoints of the run; the verdict names it. */
      readonly report: number;
      readonly step: number;
      readonly value: WireNumber;
    }
  /** The files of a checkpoint are written. */
  | {
      readonly v: 1;
      readonly type: "checkpoint";
      readonly run: number;
      readonly report: number;
      readonly step: number;
    }
  /** The trial was taken on. A child that dies before it says so was dying already. */
  | { readonly v: 1; readonly type: "started"; readonly run: number }
  | {
      readonly v: 1;
      readonly type: "done";
      readonly run: number;
      readonly result: Result;
      /** Resident memory in bytes. */
      readonly rss: number;
      /** Whether the child leaves now. */
      readonly isLast: boolean;
    };

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

export function toWire(value: number): WireNumber {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return value;
  return value > 0 ? "Infinity" : "-Infinity";
}

export function fromWire(value: WireNumber): number {
  return Number(value);
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
