import { hp } from "../../src/space/hp.ts";
import { defineTraining, type Training } from "../../src/training/index.ts";
import { clouds } from "./toy-data.ts";
import { loneTrial } from "./trial-context.ts";

export const toySpace = { learningRate: hp.loguniform(1e-4, 1), units: hp.uniformint(2, 16) };

/** What a test changes of the training below. */
export type ToyChanges = Partial<Training<typeof toySpace>>;

/** A training that takes well under a second. */
export function toyTraining(changes: ToyChanges = {}) {
  return defineTraining<typeof toySpace>({
    task: "classification",
    data: () => clouds(),
    epochs: 4,
    backend: "wasm",
    model(params, { inputs, outputs, tf }) {
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: params.units, inputShape: [inputs], activation: "tanh" }));
      model.add(tf.layers.dropout({ rate: 0.2 }));
      model.add(tf.layers.dense({ units: outputs }));
      return model;
    },
    optimizer: (params, tf) => tf.train.adam(params.learningRate),
    ...changes,
  });
}

/** What an objective's check is told of a study with this training. */
export const toyGoal = { studySeed: 1, metric: "loss", direction: "minimize" } as const;

export const toyParams = { learningRate: 0.03, units: 8 };

/** Trains it once, for what that leaves behind. */
export async function trainToy(changes: ToyChanges): Promise<void> {
  await toyTraining(changes).evaluate(toyParams, loneTrial());
}
