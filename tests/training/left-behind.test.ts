import type { SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { cosineDecay, loadBackend, type TensorFlow } from "../../src/training/index.ts";
import { type ToyChanges, toyParams, toyTraining, trainToy } from "./toy-training.ts";
import { loneTrial } from "./trial-context.ts";

let tf: TensorFlow;
beforeAll(async () => {
  tf = (await loadBackend({ prefer: "wasm" })).tf;
});

describe("no tensor is left behind", () => {
  const layersOf = (tf: TensorFlow) => {
    const layers = [8, 3, 5].map((units, at) => tf.layers.dense({ units, ...(at === 0 && { inputShape: [2] }) }));
    return tf.sequential({ layers });
  };

  test("by layers of a model function that throws", async () => {
    const before = tf.memory().numTensors;
    const model: ToyChanges["model"] = () => {
      layersOf(tf);
      throw new Error("a filter larger than the image");
    };
    await expect(trainToy({ model })).rejects.toThrow("a filter larger than the image");
    expect(tf.memory().numTensors).toBe(before);
  });

  test("by layers that are left out of the model", async () => {
    const before = tf.memory().numTensors;
    await trainToy({
      model() {
        const { inputs, layers } = layersOf(tf);
        return tf.model({ inputs, outputs: layers[1]?.output as SymbolicTensor });
      },
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test("by a gradient that there is not", async () => {
    const before = tf.memory().numTensors;
    const model: ToyChanges["model"] = (_params, { inputs, outputs }) =>
      tf.sequential({
        layers: [
          tf.layers.reshape({ inputShape: [inputs], targetShape: [1, inputs, 1] }),
          tf.layers.conv2d({ filters: 2, kernelSize: 1, dilationRate: 2 }),
          tf.layers.flatten(),
          tf.layers.dense({ units: outputs }),
        ],
      });
    await expect(trainToy({ model })).rejects.toThrow("dilation");
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("50 trials leave no tensor behind", async () => {
  const before = tf.memory().numTensors;
  const objective = toyTraining({ epochs: 1, batchSize: 128, schedule: () => cosineDecay(), clipping: { norm: 1 } });
  for (let seed = 0; seed < 50; seed++) await objective.evaluate(toyParams, loneTrial({ seed }));
  expect(tf.memory().numTensors).toBe(before);
});
