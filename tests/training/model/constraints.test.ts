import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Callbacks, loadBackend, type TensorFlow } from "../../../src/training/index.ts";
import { readWeights, writeWeights } from "../../../src/training/model/model.ts";
import { type ToyChanges, trainToy } from "../toy-training.ts";

let tf: TensorFlow;
beforeAll(async () => {
  tf = (await loadBackend({ prefer: "wasm" })).tf;
});

describe("constraints of weights", () => {
  const constrained: ToyChanges["model"] = (_params, { inputs, outputs, tf }) => {
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
    await trainToy({ model: constrained, callbacks: { onBatchEnd } });
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
