import type { RootSpace } from "../space/node.ts";
import type { ObjectiveResult } from "../trial/context.ts";
import type { LoadedBackend } from "./backends/backend.ts";
import { loadBackend } from "./backends/load.ts";
import { learnerMark } from "./data/data-mark.ts";
import type { SearchSplit } from "./data/splits.ts";
import type { Dataset } from "./datasets/dataset.ts";
import { buildLearner } from "./learner/learner.ts";
import { judge } from "./loop/judge.ts";
import { planFor } from "./loop/plan.ts";
import type { BestEpoch } from "./loop/progress.ts";
import { type JudgedLearner, type TrainingResult, train } from "./loop/train.ts";
import { writeWeights } from "./model/model.ts";
import { saveModel } from "./model/saved-model.ts";
import { saveRefit } from "./refit.ts";
import type { TrainingTrial } from "./training-trial.ts";

/** Trains a model for the params, or one for each fold, and gives the validation loss of the best epoch. */
export async function evaluateTraining<S extends RootSpace>(work: TrainingTrial<S>): Promise<ObjectiveResult> {
  const { training, params, trial } = work;
  const plan = planFor(training, params);
  const backend = await loadBackend({ prefer: training.backend });
  const { tf } = backend;
  const learners: JudgedLearner[] = [];
  try {
    const mark = await work.data.mark();
    for (const [fold, split] of (await work.data.forSearch(trial.studySeed)).entries()) {
      learners.push(await judgedLearner(work, backend, { fold, split, mark }));
    }
    const result = await train({ tf, plan, trial, learners });
    const { best } = result.progress;
    if (best !== null && !result.isStopped) await keepBest(work, backend, { learners, best });
    const parameters = learners[0]?.model.countParams() ?? 0;
    return objectiveResult(result, { backend, parameters, seed: trial.seed });
  } finally {
    for (const learner of learners) learner.dispose();
  }
}

async function judgedLearner<S extends RootSpace>(
  { training, params, trial }: TrainingTrial<S>,
  { tf }: LoadedBackend,
  { fold, split, mark }: { readonly fold: number; readonly split: SearchSplit<Dataset>; readonly mark: string },
): Promise<JudgedLearner> {
  const learner = await buildLearner({ tf, training, params, seed: trial.seed, fold, train: split.train });
  const data = learnerMark(mark, learner.preprocessing);
  return { ...learner, data, validate: judge(tf, learner, { dataset: split.validation, metrics: training.metrics }) };
}

interface Trained {
  readonly learners: readonly JudgedLearner[];
  readonly best: BestEpoch;
}

/** Keeps the model with its best weights; of folds, for how long to train the one that learns from all their rows. */
async function keepBest<S extends RootSpace>(
  { training, trial }: TrainingTrial<S>,
  { tf }: LoadedBackend,
  { learners: [learner], best }: Trained,
): Promise<void> {
  const weights = best.weights[0];
  if (training.folds !== undefined) await saveRefit({ epochs: best.epoch + 1 }, trial.artifacts);
  else if (learner !== undefined && weights !== undefined) {
    writeWeights(tf, learner.model, weights);
    await saveModel(tf, learner, trial.artifacts);
  }
}

interface RunFacts {
  readonly backend: LoadedBackend;
  /** Number of weights of a model. */
  readonly parameters: number;
  readonly seed: number;
}

function objectiveResult(
  { progress, refusal }: TrainingResult,
  { backend, parameters, seed }: RunFacts,
): ObjectiveResult {
  const { best, epochs } = progress;
  const { confusionMatrix } = best?.score ?? {};
  return {
    loss: best?.score.loss ?? Number.NaN,
    metrics: best?.score.metrics ?? {},
    attributes: {
      backend: backend.name,
      refused: backend.refused,
      epochs,
      bestEpoch: best?.epoch ?? null,
      parameters,
      seed,
      ...(confusionMatrix === undefined ? {} : { confusionMatrix }),
      ...(refusal === null ? {} : { checkpoints: refusal }),
    },
  };
}
