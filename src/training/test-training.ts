import type { TestResult, TrialContext } from "../trial/context.ts";
import type { BackendName } from "./backends/backend.ts";
import { loadBackend } from "./backends/load.ts";
import { endsInSoftmax, predict } from "./model.ts";
import { preprocess } from "./preprocessing.ts";
import { loadModel } from "./saved-model.ts";
import { scoreOutputs } from "./score.ts";
import type { StudyData } from "./study-data.ts";

export interface TestWork {
  readonly training: { readonly backend?: BackendName | "auto" };
  readonly trial: TrialContext;
  readonly data: StudyData;
}

/** Judges the weights that a trial kept on the sealed test split: the only place that opens it. */
export async function testTraining({ training, trial, data }: TestWork): Promise<TestResult> {
  const { tf } = await loadBackend(training.backend === undefined ? {} : { prefer: training.backend });
  const { model, preprocessing } = await loadModel(tf, trial.artifacts);
  try {
    const dataset = await data.sealed(trial.studySeed);
    const values = await predict(tf, model, preprocess(dataset, preprocessing).inputs);
    const score = scoreOutputs(dataset, { values, areProbabilities: endsInSoftmax(model) }, preprocessing);
    return { metrics: { loss: score.loss, ...score.metrics } };
  } finally {
    model.dispose();
  }
}
