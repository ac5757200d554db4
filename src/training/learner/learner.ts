import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type Rng, stream } from "../../random/stream.ts";
import type { ParamsOf } from "../../space/infer.ts";
import type { RootSpace } from "../../space/node.ts";
import type { Augmentation } from "../augmentations/augmentation.ts";
import { takeEngine } from "../backends/engine-of.ts";
import { type ClassWeights, classWeightsFor } from "../data/class-weights.ts";
import { type Examples, fitPreprocessing, type Preprocessing, preprocess } from "../data/preprocessing.ts";
import type { Dataset } from "../datasets/dataset.ts";
import { reserveNames } from "../model/layer-names.ts";
import { checkModel, type ModelShape, modelFrom } from "../model/model.ts";
import { missingPretrained, readModel } from "../model/pretrained.ts";
import { valueFor } from "../of-params.ts";
import type { TensorFlow } from "../tensorflow.ts";
import type { Training } from "../training.ts";
import { type BatchLoss, batchLoss } from "./batch-loss.ts";
import { disposeOptimizer, optimizerFrom } from "./optimizer-state.ts";
import { disposeWeights, type Owned, owning, owningVariables } from "./owned.ts";
import { type ParameterGroup, parameterGroups } from "./parameter-groups.ts";
import { withSeededMath } from "./seeded-math.ts";

/** A model in training: what it learns from and what changes it. */
export interface Learner {
  /** Which one of the trial's models it is, from 0. */
  readonly fold: number;
  readonly model: LayersModel;
  readonly groups: readonly ParameterGroup[];
  readonly loss: BatchLoss;
  readonly examples: Examples;
  readonly preprocessing: Preprocessing;
  readonly augment: Augmentation | null;
  /** Shape of one row as augmentation sees it. */
  readonly rowShape: readonly number[];
  /** The randomness of one epoch. It is named by the epoch, so that a resumed training needs nothing of the earlier. */
  stream(use: "shuffle" | "dropout" | "augment", epoch: number): Rng;
  dispose(): void;
}

export interface LearnerOptions<S extends RootSpace> {
  readonly tf: TensorFlow;
  readonly training: Training<S>;
  readonly params: ParamsOf<S>;
  /** The trial's. */
  readonly seed: number;
  readonly fold: number;
  readonly train: Dataset;
}

/** Builds a fresh model for the params with all that it needs to learn from the train rows. */
export async function buildLearner<S extends RootSpace>(options: LearnerOptions<S>): Promise<Learner> {
  const { tf, training, params, train, fold, seed } = options;
  const preprocessing = fitPreprocessing(train, {
    standardize: valueFor<S, boolean>(training.standardize ?? true, params),
  });
  const { augment } = training;
  const classWeights = weightsOfClasses(options);
  const { model, groups, dispose } = await buildModel(options);
  return {
    fold,
    model,
    groups,
    dispose,
    loss: batchLoss(tf, { task: training.task, model, classWeights }),
    examples: preprocess(train, augment === undefined ? preprocessing : { ...preprocessing, features: null }),
    preprocessing,
    augment: augment === undefined ? null : (batch) => augment.call(training, batch, params),
    rowShape: rowShapeOf(train),
    stream: (use, epoch) => stream(seed, use, fold, epoch),
  };
}

function weightsOfClasses<S extends RootSpace>({ training, params, train }: LearnerOptions<S>) {
  if (training.classWeights === undefined) return null;
  return classWeightsFor(train, valueFor<S, ClassWeights>(training.classWeights, params));
}

type BuiltModel = Pick<Learner, "model" | "groups" | "dispose">;

async function buildModel<S extends RootSpace>(options: LearnerOptions<S>): Promise<BuiltModel> {
  const { tf, training, params, seed, fold, train } = options;
  const base = training.pretrained === undefined ? null : await readModel(tf, valueFor(training.pretrained, params));
  if (base !== null) reserveNames(tf, base.layers);
  takeEngine(tf);
  const shape = shapeOf(train);
  const context = {
    ...shape,
    tf,
    shape: rowShapeOf(train),
    get pretrained(): LayersModel {
      return base ?? missingPretrained();
    },
  };
  return withSeededMath(stream(seed, "weights", fold), () =>
    owning((owned) => {
      if (base !== null) owned.push(disposeWeights(base));
      const model = modelFrom(owningVariables(tf, owned, () => training.model(params, context)));
      owned.push(base === null ? () => void model.dispose() : disposeWeights(model));
      checkModel(model, shape);
      return { model, groups: groupsOf(options, model, owned) };
    }),
  );
}

function groupsOf<S extends RootSpace>(
  { tf, training, params }: LearnerOptions<S>,
  model: LayersModel,
  owned: Owned,
): readonly ParameterGroup[] {
  return parameterGroups(model, {
    layerRate: training.layerRate === undefined ? null : (layer) => training.layerRate?.(layer, params) ?? 1,
    isScheduled: training.schedule !== undefined,
    optimizer() {
      const optimizer = optimizerFrom(training.optimizer(params, tf));
      owned.push(() => disposeOptimizer(tf, optimizer));
      return optimizer;
    },
  });
}

function rowShapeOf({ shape, columns }: Dataset): readonly number[] {
  return shape ?? [columns];
}

/** Sizes that a model for the dataset must have. */
function shapeOf(dataset: Dataset): ModelShape {
  return { inputs: dataset.columns, outputs: dataset.task === "classification" ? dataset.classNames.length : 1 };
}
