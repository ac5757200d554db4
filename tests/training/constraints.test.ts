import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Callbacks, loadBackend, type TensorFlow, type Training } from "../../src/training/index.ts";
import { readWeights, writeWeights } from "../../src/training/model.ts";
import { toyParams, type toySpace, toyTraining } from "./toy-training.ts";
import { loneTrial } from "./trial-context.ts";

type Changes = Partial<Training<typeof toySpace>>;

let tf: TensorFlow;
beforeAll(async () => {
  tf = (await loadBackend({ prefer: "wasm" })).tf;
});

async function train(changes: Changes): Promise<void> {
  await toyTraining(changes).evaluate(toyParams, loneTrial());
}

describe("constraints of weights", () => {
  const constrained: Changes["model"] = (_params, { inputs, outputs, tf }) => {
    const kernelConstraint = tf.constraints.maxNorm({ maxValue: 0.3 });
    return tf.sequential({ layers: [tf.layers.dense({ units: outputs, inputShape: [inputs], kernelConstraint })] });
  };

  test("hold after every step", async () => {
    const norms: number[] = [];
    const onBatchEnd: Callbacks["onBatchEnd"] = ({ model }) => {
      const columns = tf.tidy(() => tf.norm(model.getWeights()[0] as Tensor, 2, 0));
      norms.push(...columns.dataSync());
      columns.dispose();
    };
    await train({ model: constrained, callbacks: { onBatchEnd } });
    expect(Math.max(...norms)).toBeCloseTo(0.3, 5);
  });

  test("leave weights that are put back as they were", async () => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 1, inputShape: [2], useBias: false, kernelConstraint: "unitNorm" })],
    });
    const weights = [{ values: Float32Array.of(3, 4), shape: [2, 1] }];
    writeWeights(tf, model, weights);
    expect(await readWeights(model)).toEqual(weights);
    model.dispose();
  });
});
