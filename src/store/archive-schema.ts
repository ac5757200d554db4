import * as v from "valibot";
import type { RootSpace } from "../space/node.ts";
import type { Json, JsonObject } from "../trial/json.ts";
import type { Losses } from "../trial/outcome.ts";
import { CALLER_SLOT } from "../trial/trial.ts";
import type { StudyArchive } from "./study-record.ts";

/*
 * The shape of a study archive, key by key. What it lets through is a `StudyArchive`: `readArchive` has the
 * compiler compare the two, so a field that is added there must be added here.
 */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Any double: also NaN and the infinite ones. */
const double = v.custom<number>((value) => typeof value === "number", "expected a number");
const time = v.pipe(v.number(), v.finite());
const text = v.string();
const figures = v.record(text, double);
const json = v.custom<Json>(isJson, "expected JSON");
const jsonObject = v.custom<JsonObject>((value) => isJson(value) && isPlain(value), "expected a JSON object");
const assignment = v.record(text, v.pipe(v.number(), v.finite()));
const reports = v.array(v.strictObject({ step: count, value: double }));
const losses = v.custom<Losses>(
  (value) => Array.isArray(value) && value.length > 0 && value.every((loss) => typeof loss === "number"),
  "expected one loss or more",
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
  fidelity: v.exactOptional(v.number()),
  origin: v.picklist(["sampler", "enqueued", "asked"]),
  basis: count,
  reservedAt: count,
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
  committedAt: count,
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
    verdict: v.picklist(["continue", "prune", "cancel"]),
    resumedFrom: v.optional(v.nullable(count), null),
    leaseUntilMs: v.number(),
  }),
  v.strictObject({
    state: v.literal("complete"),
    ...finished,
    losses,
    constraints: v.exactOptional(v.array(double)),
    metrics: figures,
    attributes: jsonObject,
  }),
  v.strictObject({ state: v.literal("pruned"), ...finished, step: count }),
  v.strictObject({
    state: v.literal("failed"),
    ...finished,
    reason: v.picklist(["error", "timeout", "memory", "crash", "invalid", "lost"]),
    message: text,
  }),
  v.strictObject({ state: v.literal("cancelled"), ...finished }),
]);

const imported = v.strictObject({
  number: v.null(),
  importedAt: count,
  assignment,
  fidelity: v.exactOptional(v.number()),
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

const limit = v.nullable(v.number());
const settings = v.strictObject({
  maxTrials: limit,
  timeoutMs: limit,
  trialTimeoutMs: limit,
  targetLoss: limit,
  patience: limit,
  maxFailures: count,
  maxLost: count,
  errorRetries: count,
  pruner: v.strictObject({ name: text, options: jsonObject }),
});

const study = v.strictObject({
  name: text,
  space: v.custom<RootSpace>((value) => isJson(value) && isPlain(value), "expected a space"),
  fingerprint: text,
  where: v.optional(v.union([v.literal("function"), v.array(text)]), []),
  direction: v.picklist(["minimize", "maximize"]),
  metric: text,
  seed: v.number(),
  sampler: v.strictObject({ name: text, version: v.number(), options: jsonObject }),
  fidelity: v.exactOptional(v.strictObject({ name: text, min: count, max: count, eta: count })),
  id: text,
  createdAtMs: time,
  settings,
  control: v.picklist(["running", "paused", "stopped", "cancelled"]),
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
  artifacts: v.record(v.pipe(text, v.regex(/^\d+\/[^/]+$/, "expected <trial>/<name>")), v.pipe(text, v.base64())),
});

/** @returns the archive, or `path: what was expected` of the first thing that is wrong */
export function readArchive(value: unknown): { readonly archive: StudyArchive } | { readonly wrong: string } {
  const result = v.safeParse(archive, value, { abortEarly: true });
  if (result.success) return { archive: result.output };
  const [issue] = result.issues;
  return { wrong: `${v.getDotPath(issue) ?? "archive"}: ${issue.message}` };
}

/** Whether a value is plain data. Numbers that JSON does not have are let through: the store's own encoding has them. */
function isJson(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number")
    return true;
  if (Array.isArray(value)) return value.every(isJson);
  return isPlain(value) && Object.values(value).every(isJson);
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
