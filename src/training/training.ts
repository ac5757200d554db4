import type { Optimizer } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";
import type { AugmentationBatch } from "./augmentations/augmentation.ts";
import type { BackendName } from "./backends/backend.ts";
import type { ClassWeights } from "./data/class-weights.ts";
import type { SplitFractions } from "./data/splits.ts";
import type { Dataset, Task } from "./datasets/dataset.ts";
import type { Clipping } from "./learner/clipping.ts";
import type { LayerPlace } from "./learner/parameter-groups.ts";
import type { Schedule } from "./learner/schedules.ts";
import type { Callbacks } from "./loop/callbacks.ts";
import type { MetricName } from "./metrics/named.ts";
import type { ModelShape } from "./model/model.ts";
import type { OfParams } from "./of-params.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** What a model function receives beside the params. */
export interface ModelContext extends ModelShape {
  readonly tf: TensorFlow;
  /** Shape of one row: [inputs], or [height, width, channels] of an image, which `tf.layers.reshape` gives it back. */
  readonly shape: readonly number[];
  /** A fresh copy of the model that `pretrained` names, to be built upon. Throws where the training names none. */
  readonly pretrained: LayersModel;
}

/** A training: data, model and how it learns, as functions of the params. */
export interface Training<S extends RootSpace = RootSpace> {
  /** The sweep's space. Read for its type only: it gives `params` theirs. */
  readonly space?: S;
  /** Whether a class or a number is predicted: it decides the loss, the figures and the model's outputs. */
  readonly task: Task;
  /** Called once per process that trains, and once before the first trial, to be checked. */
  data(): Dataset | Promise<Dataset>;
  /**
   * Builds a fresh model with input shape [inputs] and one output of shape [outputs]. For classes it may end in softmax,
   * also averaged, reshaped or pooled; any other output counts as logits. What it draws from Math.random, initial
   * weights for instance, follows the trial's seed.
   */
  model(params: ParamsOf<NoInfer<S>>, context: ModelContext): LayersModel;
  /** Builds a fresh optimizer, e.g. `tf.train.adam(params.lr)`. */
  optimizer(params: ParamsOf<NoInfer<S>>, tf: TensorFlow): Optimizer;
  /** Passes over the train split, 1, 2 ... */
  readonly epochs: OfParams<S, number>;
  /** Rows of one step, 1, 2 ... Default 32. */
  readonly batchSize?: OfParams<S, number>;
  /** Ends a training when so many epochs in a row, 1, 2 ..., brought no lower validation loss. Default: it never ends early. */
  readonly patience?: OfParams<S, number>;
  /** By how much the loss must fall to count as lower for `patience`, in the loss's unit; from 0 on. Default 0. */
  readonly minDelta?: OfParams<S, number>;
  /** Factor of the learning rate at every step, e.g. `() => cosineDecay()`. Default: the rate stays. */
  schedule?(params: ParamsOf<NoInfer<S>>): Schedule;
  /** Factor of the learning rate of each layer of the model, from 0 on; 0 freezes it. Default 1 for all. */
  layerRate?(layer: LayerPlace, params: ParamsOf<NoInfer<S>>): number;
  /** Bounds of the gradients of a step. Default: none. */
  readonly clipping?: OfParams<S, Clipping>;
  /** How much each class counts in what is minimized; the validation loss is never weighted. Default: all alike. */
  readonly classWeights?: OfParams<S, ClassWeights>;
  /** Varies the inputs of every step, unscaled as they are in the data; validation and test rows are left as they are. */
  augment?(batch: AugmentationBatch, params: ParamsOf<NoInfer<S>>): Float32Array;
  /** Hooks of one's own at the beginning and end of epochs and steps. */
  readonly callbacks?: OfParams<S, Callbacks>;
  /** The `model.json` of a model in TensorFlow.js layers format, that `model` builds upon. */
  readonly pretrained?: OfParams<S, string | URL>;
  /**
   * Judges the params by so many models, each validated on another part of the rows outside the test split: 2, 3 ...
   * Default: one model, and one validation split.
   */
  readonly folds?: number;
  /** Shares of the rows, together 1. With `folds`, train and validation are cut into folds together. Default 0.6, 0.2 and 0.2. */
  readonly split?: SplitFractions;
  /** Whether features get mean 0 and standard deviation 1, fitted on the train split. Default true. */
  readonly standardize?: OfParams<S, boolean>;
  /** Epochs from one checkpoint to the next, 1, 2 ... Default 1. */
  readonly checkpointEvery?: number;
  /**
   * Figures beside the loss and those that every trial of the task has: accuracy and crossEntropy, or rmse, mse and mae.
   * Default none.
   */
  readonly metrics?: readonly MetricName[];
  /** Forces a backend; else PARZEN_BACKEND, else the fastest one that works. */
  readonly backend?: BackendName | "auto";
}
