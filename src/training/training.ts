import type { Optimizer } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";
import type { BackendName } from "./backends/backend.ts";
import type { Dataset, Task } from "./datasets/dataset.ts";
import type { ModelShape } from "./model.ts";
import type { SplitFractions } from "./splits.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** What a model function receives beside the params. */
export interface ModelContext extends ModelShape {
  readonly tf: TensorFlow;
}

/** A training: data, model and how it learns, as functions of the params. */
export interface Training<S extends RootSpace = RootSpace> {
  /** The sweep's space. Read for its type only: it gives `params` theirs. */
  readonly space?: S;
  readonly task: Task;
  /** Called once per process. */
  data(): Dataset | Promise<Dataset>;
  /**
   * Builds a fresh model with input shape [inputs] and one output of shape [outputs]. For classes it may end in softmax
   * or in plain logits. What it draws from Math.random, initial weights for instance, follows the trial's seed.
   */
  model(params: ParamsOf<NoInfer<S>>, context: ModelContext): LayersModel;
  /** Builds a fresh optimizer, e.g. `tf.train.adam(params.lr)`. */
  optimizer(params: ParamsOf<NoInfer<S>>, tf: TensorFlow): Optimizer;
  readonly epochs: number;
  /** Default 32. */
  batchSize?(params: ParamsOf<NoInfer<S>>): number;
  /** Ends a training when so many epochs in a row brought no lower validation loss. Default: it never ends early. */
  readonly patience?: number;
  /** Default 0.6, 0.2 and 0.2. */
  readonly split?: SplitFractions;
  /** Whether features get mean 0 and standard deviation 1, fitted on the train split. Default true. */
  readonly standardize?: boolean;
  /** Forces a backend; else PARZEN_BACKEND, else the fastest one that works. */
  readonly backend?: BackendName | "auto";
}
