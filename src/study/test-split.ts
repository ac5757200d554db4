import { removeCheckpoints } from "../artifacts/checkpoints.ts";
import { ParzenError } from "../errors.ts";
import type { Executor } from "../executor/executor.ts";
import type { Store } from "../store/store.ts";
import type { StudyRecord, TestRecord } from "../store/study-record.ts";
import type { Trial } from "../trial/trial.ts";
import { taskOf } from "./task.ts";

/** Judges a trial's saved model on the sealed test split, unless that was done before. */
export async function testTrial(
  store: Store,
  study: StudyRecord,
  trial: Trial | null,
  executor: Executor,
): Promise<TestRecord> {
  if (trial === null || trial.state !== "complete") {
    throw new ParzenError("NO_TEST", `study "${study.name}" has no complete trial to test`);
  }
  const taken = study.tests.find((test) => test.trial === trial.number);
  if (taken !== undefined) return taken;
  const files = store.artifacts.of(study.id, trial.number);
  const { outcome } = await executor.evaluate(taskOf(study, trial, { objective: study.name, token: "" }), {
    signal: new AbortController().signal,
    files,
    report: async () => "continue",
    checkpoint: async () => "continue",
    print: () => undefined,
  });
  await removeCheckpoints(files); // nothing goes on from a test
  if (outcome.kind === "complete") return store.recordTest(study.name, trial.number, outcome.metrics ?? {});
  const why = outcome.kind === "failed" ? outcome.message : `it was ${outcome.kind}`;
  throw new ParzenError("NO_TEST", `the test of trial ${trial.number} gave no figures: ${why}`);
}
