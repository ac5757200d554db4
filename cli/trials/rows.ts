import type { CompiledSpace } from "../../src/space/compile.ts";
import type { StudyTrial } from "../../src/study/study-trial.ts";
import { flatParams } from "../render/params.ts";
import { tookMs } from "../study/took.ts";

type Cell = string | number | boolean | null;

/** A table with a title for every column; a cell is null where its trial has no such thing. */
export interface TrialRows {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * Trials as rows for a spreadsheet. Params are in columns `params.<path>`, in the order of their first appearance;
 * metrics in `metrics.<name>`. Times are ISO 8601 and those of the last attempt, `durationMs` is wall time, `step` where a
 * trial was pruned, `reported` the value that it reported last.
 */
export function trialRows(trials: readonly StudyTrial<unknown>[], space: CompiledSpace): TrialRows {
  const records = trials.map((trial) => recordOf(trial, space));
  const params = titlesOf(records, "params.");
  const metrics = titlesOf(records, "metrics.");
  const titles = ["number", "state", "loss", ...params, ...metrics, ...LAST];
  return { titles, rows: records.map((record) => titles.map((title) => record[title] ?? null)) };
}

const LAST = [
  "startedAt",
  "finishedAt",
  "durationMs",
  "attempt",
  "origin",
  "host",
  "reason",
  "message",
  "step",
  "reported",
] as const;

type TrialRecord = { readonly [title: string]: Cell };

function recordOf(trial: StudyTrial<unknown>, space: CompiledSpace): TrialRecord {
  const { number, state, attempt, origin } = trial;
  const params = flatParams(space, trial.params).map(([path, value]) => [`params.${path}`, value] as const);
  const reported = trial.reports.at(-1)?.value ?? null;
  const known = { number, state, attempt, origin, reported };
  return { ...known, ...Object.fromEntries(params), ...timesOf(trial), ...endOf(trial) };
}

function timesOf(trial: StudyTrial<unknown>): TrialRecord {
  if (!("startedAtMs" in trial) || trial.startedAtMs === null) return {};
  const startedAt = isoTime(trial.startedAtMs);
  if (!("finishedAtMs" in trial)) return { startedAt, host: trial.host };
  const { finishedAtMs, host } = trial;
  return { startedAt, finishedAt: isoTime(finishedAtMs), durationMs: tookMs(trial), host };
}

function endOf(trial: StudyTrial<unknown>): TrialRecord {
  switch (trial.state) {
    case "complete": {
      const metrics = Object.entries(trial.metrics).map(([name, value]) => [`metrics.${name}`, value]);
      return { loss: trial.loss, ...Object.fromEntries(metrics) };
    }
    case "failed":
      return { reason: trial.reason, message: trial.message };
    case "pruned":
      return { step: trial.step };
    default:
      return {};
  }
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

function titlesOf(records: readonly TrialRecord[], prefix: string): readonly string[] {
  const titles = new Set(records.flatMap((record) => Object.keys(record)));
  return [...titles].filter((title) => title.startsWith(prefix));
}
