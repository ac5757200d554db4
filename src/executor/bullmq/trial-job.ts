import * as v from "valibot";
import type { StudyRecord } from "../../store/study-record.ts";
import type { PendingTrial } from "../../trial/trial.ts";

/** What a worker learns of a trial over the queue: which one to claim, and nothing that could be run. */
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

/** Trials in a row, as one job: `trial` is the first of `count`, which all wait for the same attempt. */
export interface RowJob extends Omit<TrialJob, "v"> {
  readonly v: 2;
  readonly count: number;
}

/** Most trials of one job: a worker that has fewer slots free puts the others back, so a long row starts late. */
export const LONGEST_ROW = 8;

/** Longest text of a job, in characters. */
const MAX_TEXT = 2048;

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(256), v.regex(/^\P{Cc}+$/u));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const about = { study: name, id: name, trial: count, attempt: v.pipe(count, v.minValue(1)) };
const length = v.pipe(count, v.minValue(2), v.maxValue(LONGEST_ROW));

const schema: v.GenericSchema<unknown, TrialJob | RowJob> = v.variant("v", [
  v.strictObject({ v: v.literal(1), ...about }),
  v.strictObject({ v: v.literal(2), ...about, count: length }),
]);

/** The job that brings a trial to a worker, for the attempt that comes after those it has had. */
export function jobOf(study: StudyRecord, { number, attempt }: PendingTrial): TrialJob {
  return { v: 1, study: study.name, id: study.id, trial: number, attempt: attempt + 1 };
}

/** As few jobs as bring all of these to workers. */
export function inRows(jobs: readonly TrialJob[]): readonly (TrialJob | RowJob)[] {
  const rows: (TrialJob | RowJob)[] = [];
  for (const job of jobs) {
    const last = rows.at(-1);
    if (last !== undefined && isNextIn(last, job)) rows[rows.length - 1] = { ...last, v: 2, count: lengthOf(last) + 1 };
    else rows.push(job);
  }
  return rows;
}

function isNextIn(row: TrialJob | RowJob, { id, trial, attempt }: TrialJob): boolean {
  const length = lengthOf(row);
  return length < LONGEST_ROW && id === row.id && trial === row.trial + length && attempt === row.attempt;
}

function lengthOf(job: TrialJob | RowJob): number {
  return job.v === 1 ? 1 : job.count;
}

/** One id for the same trials at the same attempt, so that a second delivery is none. */
export function jobIdOf(job: TrialJob | RowJob): string {
  const first = `${job.id}-${job.trial}-${job.attempt}`;
  return job.v === 1 ? first : `${first}x${job.count}`;
}

/** The trials that a job's text speaks of, or why it says nothing that a worker would act on. */
export function readJob(
  text: string,
): { readonly ok: true; readonly jobs: readonly TrialJob[] } | { readonly ok: false; readonly problem: string } {
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
  if (checked.success) return { ok: true, jobs: eachOf(checked.output) };
  const issue = checked.issues[0];
  return refused(`${v.getDotPath(issue) ?? "job"}: ${issue.message}`);
}

function eachOf(job: TrialJob | RowJob): readonly TrialJob[] {
  const { study, id, trial, attempt } = job;
  return Array.from({ length: lengthOf(job) }, (_, at) => ({ v: 1, study, id, trial: trial + at, attempt }));
}

/** Nothing that the text holds begins a line of a log, or is obeyed by a terminal. */
function refused(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem: problem.replaceAll(/\p{Cc}/gu, " ") };
}
