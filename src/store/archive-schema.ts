import * as v from "valibot";
import { isFileName } from "../artifacts/file-name.ts";
import type { Assignment } from "../space/assignment.ts";
import type { RootSpace } from "../space/node.ts";
import { isObject } from "../space/object.ts";
import type { Json, JsonObject } from "../trial/json.ts";
import { FAILURE_REASONS, type Losses } from "../trial/outcome.ts";
import { VERDICTS } from "../trial/report.ts";
import { CALLER_SLOT, ORIGINS } from "../trial/trial.ts";
import { CONTROLS, DIRECTIONS, type StudyArchive } from "./study-record.ts";

/*
 * The shape of a study archive, key by key. What it lets through is a `StudyArchive`: `readArchive` has the
 * compiler compare the two, so a field that is added there must be added here.
 */

const MAX_MESSAGE = 200;

const count = whole(0);
/** After a change: 0 is before the first. */
const sequence = whole(1);
/** Any double: also NaN and the infinite ones. */
const double = v.custom<number>((value) => typeof value === "number", "expected a number");
/** What a `Date` can be. */
const time = v.pipe(v.number(), v.minValue(-8.64e15), v.maxValue(8.64e15));
const text = v.string();
const json = v.custom<Json>(isJson, "expected JSON");
const jsonObject = v.custom<JsonObject>((value) => isObject(value) && isJson(value), "expected a JSON object");
// No `v.record`: it drops what is named like something that every object has, such as a param `constructor`.
const figures = v.custom<Readonly<Record<string, number>>>(
  (value) => isObject(value) && Object.values(value).every((figure) => typeof figure === "number"),
  "expected an object of numbers",
);
/** Whether it is of the study's space is for `inconsistency` to say. */
const assignment = v.custom<Assignment>(isObject, "expected an object of path -> number");
const reports = v.pipe(
  v.array(v.strictObject({ step: count, value: double })),
  v.check(
    (given) => given.every(({ step }, at) => at === 0 || step > (given[at - 1]?.step ?? -1)),
    "expected steps in ascending order, each once",
  ),
);
const fidelity = v.exactOptional(whole(1));
const losses = v.custom<Losses>(
  (value) => Array.isArray(value) && value.length > 0 && value.every((loss) => typeof loss === "number"),
  "expected one loss or more",
);
/** A trial without a number for its loss is failed. */
const trialLosses = v.pipe(
  losses,
  v.check((given) => !given.some(Number.isNaN), "expected losses that are not NaN"),
);
const holder = v.strictObject({
  host: text,
  pid: count,
  started: text,
  slot: v.pipe(v.number(), v.safeInteger(), v.minValue(CALLER_SLOT)),
});

const base = {
  number: count,
  assignment,
  fidelity,
  origin: v.picklist(ORIGINS),
  basis: count,
  reservedAt: sequence,
  memo: json,
  plan: v.nullable(
    v.strictObject({
      maxTrials: v.nullable(count),
      parallelism: count,
      running: v.exactOptional(v.array(v.strictObject({ number: count, step: count, value: v.number() }))),
    }),
  ),
  attempt: count,
  lost: count,
  errors: count,
  hosts: v.array(text),
  reports,
  checkpoint: v.optional(v.nullable(count), null),
  queuedAtMs: time,
};
const finished = {
  ...base,
  committedAt: sequence,
  holder: v.nullable(holder),
  startedAtMs: v.nullable(time),
  finishedAtMs: time,
  version: v.nullable(text),
  log: text,
};

const trial = v.variant("state", [
  v.strictObject({ state: v.literal("queued"), ...base }),
  v.strictObject({
    state: v.literal("running"),
    ...base,
    holder,
    startedAtMs: time,
    version: v.nullable(text),
    verdict: v.picklist(VERDICTS),
    resumedFrom: v.optional(v.nullable(count), null),
    leaseUntilMs: v.number(),
  }),
  v.strictObject({
    state: v.literal("complete"),
    ...finished,
    losses: trialLosses,
    constraints: v.exactOptional(v.array(double)),
    metrics: figures,
    attributes: jsonObject,
  }),
  v.strictObject({ state: v.literal("pruned"), ...finished, step: count }),
  v.strictObject({
    state: v.literal("failed"),
    ...finished,
    reason: v.picklist([...FAILURE_REASONS, "lost"]),
    message: text,
  }),
  v.strictObject({ state: v.literal("cancelled"), ...finished }),
]);

const imported = v.strictObject({
  number: v.null(),
  importedAt: sequence,
  assignment,
  fidelity,
  reports,
  result: v.variant("kind", [
    v.strictObject({
      kind: v.picklist(["complete", "pruned"]),
      losses,
      constraints: v.exactOptional(v.array(double)),
    }),
    v.strictObject({ kind: v.literal("failed") }),
  ]),
});

const duration = v.nullable(v.pipe(v.number(), v.finite(), v.gtValue(0)));
const settings = v.strictObject({
  maxTrials: v.nullable(whole(1)),
  timeoutMs: duration,
  trialTimeoutMs: duration,
  targetLoss: v.nullable(v.number()),
  patience: v.nullable(whole(1)),
  maxFailures: whole(1),
  maxLost: whole(1),
  errorRetries: count,
  pruner: v.strictObject({ name: text, options: jsonObject }),
});

const study = v.strictObject({
  name: text,
  space: v.custom<RootSpace>((value) => isJson(value) && isObject(value), "expected a space"),
  fingerprint: text,
  where: v.optional(v.union([v.literal("function"), v.array(text)]), []),
  direction: v.picklist(DIRECTIONS),
  metric: text,
  seed: count,
  sampler: v.strictObject({ name: text, version: v.number(), options: jsonObject }),
  fidelity: v.exactOptional(v.strictObject({ name: text, min: count, max: count, eta: count })),
  id: text,
  createdAtMs: time,
  settings,
  control: v.picklist(CONTROLS),
  controlReason: v.nullable(text),
  resumedAt: count,
  sequence: count,
  nextNumber: count,
  tests: v.array(v.strictObject({ trial: count, metrics: figures, times: count, takenAtMs: time })),
  notes: jsonObject,
});

const archive = v.strictObject({
  format: v.literal("parzen-study"),
  version: v.literal(1),
  study,
  trials: v.array(trial),
  imported: v.array(imported),
  artifacts: v.record(v.pipe(text, v.check(isTrialFile, "expected <trial>/<name>")), v.pipe(text, v.base64())),
});

/** @returns the archive, or `path: what was expected` of the first thing that is wrong */
export function readArchive(value: unknown): { readonly archive: StudyArchive } | { readonly wrong: string } {
  const result = v.safeParse(archive, value, { abortEarly: true });
  if (result.success) return { archive: result.output };
  const [issue] = result.issues;
  return { wrong: `${v.getDotPath(issue) ?? "archive"}: ${cut(issue.message)}` };
}

/** It ends with what was there instead, which may be a whole log. */
function cut(message: string): string {
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE - 3)}...` : message;
}

/** An integer of at least so many. */
function whole(least: number) {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(least));
}

/** `<trial>/<name>`, the name as a file may have it. */
function isTrialFile(file: string): boolean {
  const [trial = "", name = "", ...rest] = file.split("/");
  return /^(?:0|[1-9]\d*)$/.test(trial) && isFileName(name) && rest.length === 0;
}

/** Whether a value is plain data. Numbers that JSON does not have are let through: the store's own encoding has them. */
function isJson(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number")
    return true;
  if (Array.isArray(value)) return value.every(isJson);
  return isObject(value) && Object.values(value).every(isJson);
}
