import { removeCheckpoints } from "../artifacts/checkpoints.ts";
import { ParzenError } from "../errors.ts";
import type { Executor } from "../executor/executor.ts";
import type { Store } from "../store/store.ts";
import { trialNotFound } from "../store/study-errors.ts";
import type { StudyRecord, TestRecord } from "../store/study-record.ts";
import type { Trial } from "../trial/trial.ts";
import { type Retry, withRetries } from "./attempt/store-retry.ts";
import { taskOf } from "./attempt/task.ts";
import type { StudyView } from "./view/view.ts";

/** The trial of that number, or the best one. @throws TRIAL_NOT_FOUND; NO_TEST where there is no best one */
export function trialToTest({ study, trials, best }: StudyView, number: number | undefined): Trial {
  const trial = number === undefined ? best : trials[number];
  if (trial) return trial;
  if (number !== undefined) throw trialNotFound(study.name, number);
  throw new ParzenError("NO_TEST", `study "${study.name}" has no complete trial to test`);
}

/** Nobody hears that the store is waited for. */
const PATIENT: Retry = { waiting: () => undefined, isOver: () => false };

/** Judges a trial's saved model on the sealed test split, unless that was done before. @throws NO_TEST */
export async function testTrial(
  store: Store,
  study: StudyRecord,
  trial: Trial,
  executor: Executor,
): Promise<TestRecord> {
  if (trial.state !== "complete") {
    const message = `trial ${trial.number} of study "${study.name}" is ${trial.state}; only a complete one can be tested`;
    throw new ParzenError("NO_TEST", message);
  }
  const taken = study.tests.find((test) => test.trial === trial.number);
  if (taken !== undefined) return taken;
  const files = store.artifacts.of(study.id, trial.number, trial.attempt);
  const { outcome } = await executor.evaluate(taskOf(study, trial, { objective: study.name, token: "" }), {
    signal: new AbortController().signal,
    files,
    report: async () => "continue",
    checkpoint: async () => "continue",
    print: () => undefined,
  });
  try {
    if (outcome.kind === "complete") {
      const { metrics = {} } = outcome;
      return await withRetries(() => store.recordTest(study.name, trial.number, metrics), PATIENT);
    }
  } finally {
    await removeCheckpoints(files); // nothing goes on from a test
  }
  const why = ("message" in outcome ? outcome.message : undefined) ?? `it was ${outcome.kind}`;
  throw new ParzenError("NO_TEST", `the test of trial ${trial.number} gave no figures: ${why}`);
}
