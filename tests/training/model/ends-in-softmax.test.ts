import type { SymbolicTensor } from "@tensorflow/tfjs-layers";
import { expect, test } from "vitest";
import { loadBackend } from "../../../src/training/index.ts";
import { endsInSoftmax } from "../../../src/training/model/model.ts";

const { tf } = await loadBackend({ prefer: "wasm" });
const { layers } = tf;

const head = (input: SymbolicTensor, activation: "softmax" | "linear" = "softmax"): SymbolicTensor =>
  layers.dense({ units: 3, activation }).apply(input) as SymbolicTensor; // of a symbolic input, so is its output

test.each<[string, boolean, number[], (input: SymbolicTensor) => unknown]>([
  ["a softmax layer", true, [3], (input) => layers.softmax().apply(input)],
  ["an activation", true, [3], (input) => layers.activation({ activation: "softmax" }).apply(input)],
  ["the average of two heads", true, [4], (input) => layers.average().apply([head(input), head(input)])],
  ["a softmax of another shape", true, [1, 1, 4], (input) => layers.flatten().apply(head(input))],
  ["a softmax at every pixel", true, [5, 5, 4], (input) => layers.globalAveragePooling2d({}).apply(head(input))],
  ["a model in a model", true, [4], (input) => tf.model({ inputs: input, outputs: head(input) }).apply(input)],
  ["logits", false, [4], (input) => head(input, "linear")],
  ["a layer behind a softmax", false, [4], (input) => head(head(input), "linear")],
  [
    "the average of probabilities and logits",
    false,
    [4],
    (input) => layers.average().apply([head(input), head(input, "linear")]),
  ],
  ["several softmaxes in a row", false, [2, 4], (input) => layers.flatten().apply(head(input))],
  ["data as it came", false, [3, 1], (input) => layers.reshape({ targetShape: [3] }).apply(input)],
])("%s gives probabilities: %s", (_name, expected, shape, build) => {
  const input = tf.input({ shape });
  const outputs = build(input) as SymbolicTensor; // of a symbolic input, so is its output
  expect(endsInSoftmax(tf.model({ inputs: input, outputs }))).toBe(expected);
});
