import { ParzenError } from "../errors.ts";
import type { RootSpace } from "../space/node.ts";
import type { TrialArtifacts } from "../trial/context.ts";
import type { LoadedBackend } from "./backends/backend.ts";
import { buildLearner } from "./learner/learner.ts";
import { planFor } from "./loop/plan.ts";
import { trainEpoch } from "./loop/train-epoch.ts";
import { saveModel } from "./model/saved-model.ts";
import type { TrainingTrial } from "./training-trial.ts";

/** Name of the artifact of a cross-validated trial. */
const REFIT = "refit.json";

/** What a cross-validation found out that the last fit needs beside the params. */
export interface Refit {
  /** Epochs until the best one, it included. */
  readonly epochs: number;
}

export async function saveRefit(refit: Refit, artifacts: TrialArtifacts): Promise<void> {
  await artifacts.write(REFIT, new TextEncoder().encode(JSON.stringify(refit)));
}

/**
 * Trains one model on all rows outside the test split, for as many epochs as were best in the cross-validation, and
 * keeps it as the trial's model.
 *
 * @throws ParzenError NO_TEST where the trial was not cross-validated to its end
 */
export async function refit<S extends RootSpace>(work: TrainingTrial<S>, { tf }: LoadedBackend): Promise<void> {
  const { training, params, trial } = work;
  const { epochs } = await loadRefit(trial.artifacts);
  const plan = planFor(training, params);
  const train = await work.data.forRefit(trial.studySeed);
  const learner = await buildLearner({ tf, training, params, seed: trial.seed, fold: 0, train });
  try {
    for (let epoch = 0; epoch < epochs; epoch++) await trainEpoch({ tf, plan, learner, epoch, signal: trial.signal });
    await saveModel(tf, learner, trial.artifacts);
  } finally {
    learner.dispose();
  }
}

async function loadRefit(artifacts: TrialArtifacts): Promise<Refit> {
  const bytes = await artifacts.read(REFIT);
  if (bytes !== null) return JSON.parse(new TextDecoder().decode(bytes)) as Refit; // `saveRefit` wrote it
  throw new ParzenError("NO_TEST", `the trial kept no cross-validation: ${REFIT} is missing`, {
    hint: "Only a trial that completed its training keeps one; its artifacts may have been removed.",
  });
}
