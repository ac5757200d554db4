import type { Tensor } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { loadBackend } from "../../../src/training/index.ts";
import { applyModel } from "../../../src/training/model/model.ts";
import { predict } from "../../../src/training/model/predict.ts";

const { tf } = await loadBackend({ prefer: "wasm" });

test.each([
  ["narrow rows", 4, 2500, 1024],
  ["images", 3072, 700, 341],
  ["rows that are larger than all that is given at once", 2 ** 20 + 1, 2, 1],
  ["no rows", 4, 0, 0],
])("%s: the outputs of all, a part at a time", async (_name, columns, rows, most) => {
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [columns], units: 2 })] });
  const inputs = Float32Array.from({ length: columns * rows }, (_, at) => Math.sin(at));
  const whole = tf.tidy(() => applyModel(model, tf.tensor2d(inputs, [rows, columns]), { training: false }));
  const atOnce = await whole.data();
  const sizes: number[] = [];
  const apply = model.apply.bind(model);
  model.apply = (given, options) => {
    sizes.push((given as Tensor).shape[0] ?? 0); // what is not symbolic has values
    return apply(given, options);
  };
  const before = tf.memory().numTensors;
  expect(await predict(tf, model, inputs)).toEqual(atOnce);
  expect(Math.max(0, ...sizes)).toBe(most);
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
});
