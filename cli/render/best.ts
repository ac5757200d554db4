import type { StudyRecord, TestRecord } from "../../src/store/study-record.ts";
import type { StoredStudy } from "../../src/study/stored-study.ts";
import type { CompleteStudyTrial } from "../../src/study/study-trial.ts";
import type { Json } from "../../src/trial/json.ts";
import { out } from "./colors.ts";
import { figure } from "./figure.ts";
import { pairs } from "./lines.ts";
import { type FlatParams, flatParams, rounded } from "./params.ts";
import { padded, widthOf } from "./width.ts";

/** The best trial of a study, with everything that tells how good it is. */
export interface Best {
  readonly study: string;
  /** What the loss is called. */
  readonly metric: string;
  readonly trial: CompleteStudyTrial<unknown>;
  readonly params: FlatParams;
  /** Null where the test split was not evaluated for this trial. */
  readonly test: TestRecord | null;
}

export function bestOf(study: StoredStudy, record: StudyRecord, trial: CompleteStudyTrial<unknown>): Best {
  const test = record.tests.find((taken) => taken.trial === trial.number) ?? null;
  return { study: record.name, metric: record.metric, trial, params: flatParams(study.space, trial.params), test };
}

/** For people: the figures, then the params, one below the other. */
export function bestText({ study, metric, trial, params, test }: Best): string {
  const figures: [string, string][] = [[metric, out.green(out.bold(figure(trial.loss)))]];
  for (const [name, value] of Object.entries(trial.metrics)) {
    if (name !== metric) figures.push([name, figure(value)]);
  }
  for (const [name, value] of Object.entries(test?.metrics ?? {})) figures.push([`test ${name}`, figure(value)]);
  const shown: [string, string][] = params.map(([path, value]) => [path, rounded(value)]);
  const width = Math.max(...[...figures, ...shown].map(([name]) => widthOf(name)));
  const block = (entries: readonly [string, string][]): string =>
    pairs(entries.map(([name, value]) => [padded(name, width), value]));
  return `${out.bold(study)}: best is trial ${trial.number}\n\n${block(figures)}\n\n${block(shown)}`;
}

/** For programs. */
export function bestJson({ trial, test }: Best): { readonly [key: string]: Json } {
  const { number, loss, params, metrics, attributes } = trial;
  return {
    number,
    loss,
    params: params as Json, // decoded from a space, whose literals are JSON
    metrics,
    attributes,
    test: test === null ? null : { metrics: test.metrics, times: test.times },
  };
}
