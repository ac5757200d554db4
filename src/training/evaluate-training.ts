import type { Optimizer } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { ParzenError, show } from "../errors.ts";
import { stream } from "../random/stream.ts";
import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";
import type { ObjectiveResult, TrialContext } from "../trial/context.ts";
import type { LoadedBackend } from "./backends/backend.ts";
import { loadBackend } from "./backends/load.ts";
import { batchLoss } from "./batch-loss.ts";
import type { Dataset } from "./datasets/dataset.ts";
import { checkModel, endsInSoftmax, type ModelShape, predict, writeWeights } from "./model.ts";
import { fitPreprocessing, type Preprocessing, preprocess } from "./preprocessing.ts";
import { saveModel } from "./saved-model.ts";
import { type Score, scoreOutputs } from "./score.ts";
import { withSeededMath } from "./seeded-math.ts";
import type { SearchSplit } from "./splits.ts";
import type { StudyData } from "./study-data.ts";
import type { TensorFlow } from "./tensorflow.ts";
import { type TrainingResult, train } from "./train.ts";
import type { Training } from "./training.ts";

/** One trial of a training. */
export interface TrainingTrial<S extends RootSpace> {
  readonly training: Training<S>;
  readonly params: ParamsOf<S>;
  readonly trial: TrialContext;
  readonly data: StudyData;
}

/** Trains a model for the params, keeps its best epoch, and gives that epoch's validation loss. */
export async function evaluateTraining<S extends RootSpace>(work: TrainingTrial<S>): Promise<ObjectiveResult> {
  const { training, trial } = work;
  const backend = await loadBackend(training.backend === undefined ? {} : { prefer: training.backend });
  const split = await work.data.forSearch(trial.studySeed);
  const preprocessing = fitPreprocessing(split.train, { standardize: training.standardize ?? true });
  const learner = buildLearner(work, backend, shapeOf(split.train));
  try {
    const result = await trainLearner(work, backend, { split, preprocessing, learner });
    if (result.best !== null && !result.isStopped) {
      writeWeights(backend.tf, learner.model, result.best.weights);
      await saveModel(backend.tf, { model: learner.model, preprocessing }, trial.artifacts);
    }
    return objectiveResult(result, { backend, parameters: learner.model.countParams(), seed: trial.seed });
  } finally {
    disposeOptimizer(backend.tf, learner.optimizer);
    learner.model.dispose();
  }
}

interface Learner {
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  readonly batchSize: number;
}

function buildLearner<S extends RootSpace>(
  { training, params, trial }: TrainingTrial<S>,
  { tf }: LoadedBackend,
  shape: ModelShape,
): Learner {
  const batchSize = training.batchSize?.(params) ?? 32;
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new ParzenError("OPTION_INVALID", `batchSize: expected a positive integer, received ${show(batchSize)}`);
  }
  return withSeededMath(stream(trial.seed, "weights"), () => {
    const model = training.model(params, { ...shape, tf });
    try {
      checkModel(model, shape);
      return { model, optimizer: training.optimizer(params, tf), batchSize };
    } catch (error) {
      model.dispose();
      throw error;
    }
  });
}

/** Frees all of an optimizer's tensors: `dispose` of the momentum optimizer forgets its learning rate. */
function disposeOptimizer(tf: TensorFlow, optimizer: Optimizer): void {
  optimizer.dispose();
  for (const value of Object.values(optimizer)) {
    if (value instanceof tf.Tensor && !value.isDisposed) value.dispose();
  }
}

interface Learning {
  readonly split: SearchSplit<Dataset>;
  readonly preprocessing: Preprocessing;
  readonly learner: Learner;
}

function trainLearner<S extends RootSpace>(
  { training, trial }: TrainingTrial<S>,
  { tf }: LoadedBackend,
  { split, preprocessing, learner }: Learning,
): Promise<TrainingResult> {
  const { model } = learner;
  const inputs = preprocess(split.validation, preprocessing).inputs;
  const areProbabilities = endsInSoftmax(model);
  return train({
    ...learner,
    tf,
    trial,
    loss: batchLoss(tf, training.task, model),
    examples: preprocess(split.train, preprocessing),
    epochs: training.epochs,
    patience: training.patience ?? null,
    rng: stream(trial.seed, "dropout"),
    async validate(): Promise<Score> {
      const values = await predict(tf, model, inputs);
      return scoreOutputs(split.validation, { values, areProbabilities }, preprocessing);
    },
  });
}

/** Sizes that a model for the dataset must have. */
function shapeOf(dataset: Dataset): ModelShape {
  return { inputs: dataset.columns, outputs: dataset.task === "classification" ? dataset.classNames.length : 1 };
}

interface RunFacts {
  readonly backend: LoadedBackend;
  /** Number of weights. */
  readonly parameters: number;
  readonly seed: number;
}

function objectiveResult({ best, epochs }: TrainingResult, { backend, parameters, seed }: RunFacts): ObjectiveResult {
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
    },
  };
}
