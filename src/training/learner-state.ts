import type { Learner } from "./learner.ts";
import { readWeights, type Weight, writeWeights } from "./model.ts";
import { type OptimizerState, optimizerKind, readOptimizer, writeOptimizer } from "./optimizer-state.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** All that training has changed of a learner: with it, a fresh one goes on with the same bits. */
export interface LearnerState {
  readonly weights: readonly Weight[];
  /** The kinds of the optimizers, such as `Adam`. */
  readonly kinds: readonly string[];
  readonly optimizers: readonly OptimizerState[];
}

export async function readLearner(tf: TensorFlow, { model, groups }: Learner): Promise<LearnerState> {
  return {
    weights: await readWeights(model),
    kinds: groups.map(({ optimizer }) => optimizerKind(optimizer)),
    optimizers: await Promise.all(groups.map(({ optimizer }) => readOptimizer(tf, optimizer))),
  };
}

export function writeLearner(tf: TensorFlow, { model, groups }: Learner, state: LearnerState): void {
  writeWeights(tf, model, state.weights);
  for (const [at, { optimizer }] of groups.entries()) writeOptimizer(tf, optimizer, state.optimizers[at] ?? {});
}

/** Whether the state is that of such a model and such optimizers: code may have changed since it was kept. */
export function fitsLearner({ model, groups }: Learner, { weights, kinds }: LearnerState): boolean {
  const own = {
    shapes: model.getWeights().map(({ shape }) => shape),
    kinds: groups.map((group) => optimizerKind(group.optimizer)),
  };
  return JSON.stringify(own) === JSON.stringify({ shapes: weights.map(({ shape }) => shape), kinds });
}
