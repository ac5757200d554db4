import type { RootSpace } from "../space/node.ts";
import type { TestResult } from "../trial/context.ts";
import { loadBackend } from "./backends/load.ts";
import { judge } from "./loop/judge.ts";
import { loadModel } from "./model/saved-model.ts";
import { refit } from "./refit.ts";
import type { TrainingTrial } from "./training-trial.ts";

/**
 * Judges the weights that a trial kept on the sealed test split: the only place that opens it. After a cross-validation
 * these are made first, from all the rows that it used.
 */
export async function testTraining<S extends RootSpace>(work: TrainingTrial<S>): Promise<TestResult> {
  const { training, trial, data } = work;
  const backend = await loadBackend({ prefer: training.backend });
  if (training.folds !== undefined) await refit(work, backend);
  const saved = await loadModel(backend.tf, trial.artifacts);
  try {
    const dataset = await data.sealed(trial.studySeed);
    const score = await judge(backend.tf, saved, { dataset, metrics: training.metrics })();
    return { metrics: { loss: score.loss, ...score.metrics } };
  } finally {
    saved.model.dispose();
  }
}
