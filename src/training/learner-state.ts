import type { Learner } from "./learner.ts";
import { readWeights, type Weight, writeWeights } from "./model.ts";
import { type OptimizerState, readOptimizer, writeOptimizer } from "./optimizer-state.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** All that training has changed of a learner: with it, a fresh one goes on with the same bits. */
export interface LearnerState {
  readonly weights: readonly Weight[];
  readonly optimizers: readonly OptimizerState[];
}

export async function readLearner(tf: TensorFlow, { model, groups }: Learner): Promise<LearnerState> {
  return {
    weights: await readWeights(model),
    optimizers: await Promise.all(groups.map(({ optimizer }) => readOptimizer(tf, optimizer))),
  };
}

export function writeLearner(tf: TensorFlow, { model, groups }: Learner, state: LearnerState): void {
  writeWeights(tf, model, state.weights);
  for (const [at, { optimizer }] of groups.entries()) writeOptimizer(tf, optimizer, state.optimizers[at] ?? {});
}

/** Whether the state is that of such a model: code may have changed since it was kept. */
export function fitsLearner({ model, groups }: Learner, { weights, optimizers }: LearnerState): boolean {
  const shapes = model.getWeights().map(({ shape }) => shape);
  return (
    groups.length === optimizers.length && JSON.stringify(shapes) === JSON.stringify(weights.map(({ shape }) => shape))
  );
}
