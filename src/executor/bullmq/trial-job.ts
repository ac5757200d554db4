import * as v from "valibot";
import type { StudyRecord } from "../../store/study-record.ts";
import type { PendingTrial } from "../../trial/trial.ts";

/** What crosses the queue: which trial to claim, and nothing that could be run. The store knows the rest. */
export interface TrialJob {
  readonly v: 1;
  /** Name of the study when the job was made. */
  readonly study: string;
  /** The study's id, which outlives a rename and tells it from a later study of the same name. */
  readonly id: string;
  readonly trial: number;
  /** The attempt that a claim begins: one more than the trial has had. */
  readonly attempt: number;
}

/** Longest text of a job, in characters. */
const MAX_TEXT = 2048;

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(256));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const schema: v.GenericSchema<unknown, TrialJob> = v.strictObject({
  v: v.literal(1),
  study: name,
  id: name,
  trial: count,
  attempt: v.pipe(count, v.minValue(1)),
});

/** The job that brings a trial to a worker, for the attempt that comes after those it has had. */
export function jobOf(study: StudyRecord, { number, attempt }: PendingTrial): TrialJob {
  return { v: 1, study: study.name, id: study.id, trial: number, attempt: attempt + 1 };
}

/** One id for one attempt at a trial, so that a second delivery of the same is none. */
export function jobIdOf({ id, trial, attempt }: TrialJob): string {
  return `${id}-${trial}-${attempt}`;
}

/** What a job's text says, or why it says nothing that a worker would act on. */
export function readJob(
  text: string,
): { readonly ok: true; readonly job: TrialJob } | { readonly ok: false; readonly problem: string } {
  if (text.length > MAX_TEXT) return refused(`${text.length} characters; a job has at most ${MAX_TEXT}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused("no JSON");
  }
  // The schema looks keys up in an object, where this one is always found.
  if (typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__")) {
    return refused("a key __proto__");
  }
  const checked = v.safeParse(schema, value);
  if (checked.success) return { ok: true, job: checked.output };
  const issue = checked.issues[0];
  return refused(`${v.getDotPath(issue) ?? "job"}: ${issue.message}`);
}

function refused(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}
