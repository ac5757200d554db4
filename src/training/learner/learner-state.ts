import { readWeights, type Weight, writeWeights } from "../model/model.ts";
import type { TensorFlow } from "../tensorflow.ts";
import type { Learner } from "./learner.ts";
import { type OptimizerState, optimizerKind, readOptimizer, writeOptimizer } from "./optimizer-state.ts";

/** All that training has changed of a learner: with it, a fresh one goes on with the same bits. */
export interface LearnerState {
  readonly weights: readonly Weight[];
  /** What each optimizer is, such as `Adam`, and which weights it changes, by their places. */
  readonly groups: readonly { readonly kind: string; readonly weights: readonly number[] }[];
  readonly optimizers: readonly OptimizerState[];
}

export async function readLearner(tf: TensorFlow, learner: Learner): Promise<LearnerState> {
  const { model, groups } = learner;
  return {
    weights: await readWeights(model),
    groups: groupsOf(learner),
    optimizers: await Promise.all(groups.map(({ optimizer }) => readOptimizer(tf, optimizer))),
  };
}

export function writeLearner(tf: TensorFlow, { model, groups }: Learner, state: LearnerState): void {
  writeWeights(tf, model, state.weights);
  for (const [at, { optimizer }] of groups.entries()) writeOptimizer(tf, optimizer, state.optimizers[at] ?? {});
}

/** Whether the state is that of such a model and such optimizers: code may have changed since it was kept. */
export function fitsLearner(learner: Learner, { weights, groups }: LearnerState): boolean {
  const own = { shapes: learner.model.getWeights().map(({ shape }) => shape), groups: groupsOf(learner) };
  return JSON.stringify(own) === JSON.stringify({ shapes: weights.map(({ shape }) => shape), groups });
}

function groupsOf({ model, groups }: Learner): LearnerState["groups"] {
  const places = new Map(model.weights.map((weight, place) => [weight.read().id, place]));
  return groups.map(({ optimizer, variables }) => ({
    kind: optimizerKind(optimizer),
    weights: variables.map(({ id }) => places.get(id) ?? -1),
  }));
}
