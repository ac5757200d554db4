import type { layers } from "@tensorflow/tfjs-layers";
import { expect, test } from "vitest";
import { loadBackend } from "../../../src/training/index.ts";
import { predict } from "../../../src/training/model/predict.ts";
import { loadModel, saveModel } from "../../../src/training/model/saved-model.ts";
import { loneTrial } from "../trial-context.ts";

const { tf } = await loadBackend({ prefer: "wasm" });

const preprocessing = { features: null, target: null, classNames: null };
const convolution = () => tf.layers.separableConv2d({ filters: 3, kernelSize: 2, depthMultiplier: 2 });

test.each<[string, (shape: number[]) => layers.Layer[]]>([
  ["a layer", (shape) => [tf.layers.reshape({ inputShape: [24], targetShape: shape }), convolution()]],
  [
    "a layer of a model within",
    (shape) => [
      tf.layers.reshape({ inputShape: [24], targetShape: shape }),
      tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: shape }), convolution()] }),
    ],
  ],
  [
    "a layer that is applied at every step of time",
    (shape) => [
      tf.layers.reshape({ inputShape: [24], targetShape: [1, ...shape] }),
      tf.layers.timeDistributed({ layer: convolution() }),
    ],
  ],
])("a separable convolution with a depth multiplier, as %s, is read as it was kept", async (_where, stack) => {
  const ends = [tf.layers.flatten(), tf.layers.dense({ units: 2 })];
  const model = tf.sequential({ layers: [...stack([4, 3, 2]), ...ends] });
  const { artifacts } = loneTrial();
  await saveModel(tf, { model, preprocessing }, artifacts);
  const kept = await loadModel(tf, artifacts);
  const inputs = Float32Array.from({ length: 48 }, (_, at) => Math.sin(at));
  expect(await predict(tf, kept.model, inputs)).toEqual(await predict(tf, model, inputs));
  tf.dispose([model, kept.model].flatMap(({ weights }) => weights.map((weight) => weight.read())));
});
