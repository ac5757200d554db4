import { beforeAll, describe, expect, test } from "vitest";
import type { TensorFlow } from "../../../src/training/index.ts";
import { loadBoth } from "./both-backends.ts";
import { normal } from "./gradients/computation.ts";

let tf: TensorFlow;

beforeAll(async () => {
  tf = await loadBoth();
});

type Sequence = NonNullable<Parameters<TensorFlow["sequential"]>[0]>["layers"] & {};
type Layers = (layers: TensorFlow["layers"]) => Sequence;

/** Embedding, strided, depthwise and pointwise convolutions, batch normalization, pooling of what may be negative. */
const convNet: Layers = (layers) => [
  layers.embedding({ inputDim: 5, outputDim: 2, inputShape: [6, 6] }),
  layers.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: "same" }),
  layers.batchNormalization(),
  layers.activation({ activation: "tanh" }),
  layers.depthwiseConv2d({ kernelSize: 2, padding: "same" }), // which gives its kernel null as dilations
  layers.maxPooling2d({ poolSize: 2, strides: 1 }),
  layers.separableConv2d({ filters: 4, kernelSize: 2, activation: "relu" }),
  layers.flatten(),
  layers.dense({ units: 3, activation: "softmax" }),
];

const recurrentNet: Layers = (layers) => [
  layers.embedding({ inputDim: 5, outputDim: 3, inputShape: [4] }),
  layers.lstm({ units: 4 }),
  layers.dense({ units: 3, activation: "softmax" }),
];

/** The net with weights that do not depend on the backend, and a way to take one step on the same four samples. */
function prepare(net: Layers): () => Promise<number> {
  const model = tf.sequential({ layers: net(tf.layers) });
  for (const [index, { name, shape }] of model.weights.entries()) {
    const values = tf.tidy(() => {
      const random = tf.mul(0.3, normal(tf, shape as number[], index + 1));
      return name.includes("variance") ? tf.add(1, tf.abs(random)) : random;
    });
    model.weights[index]?.write(values);
    values.dispose();
  }
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "categoricalCrossentropy" });
  const shape = [4, ...((model.inputs[0]?.shape.slice(1) ?? []) as number[])];
  const x = tf.tidy(() => tf.floor(tf.randomUniform(shape, 0, 5, "float32", 9)));
  const y = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d([0, 1, 2, 0], "int32"), 3), "float32"));
  return async () => Number(await model.trainOnBatch(x, y));
}

async function train(net: Layers, backend: string, steps: number): Promise<number[]> {
  await tf.setBackend(backend);
  const step = prepare(net);
  const losses: number[] = [];
  while (losses.length < steps) losses.push(await step());
  return losses;
}

describe.each([
  ["a convolutional net", convNet],
  ["a recurrent net", recurrentNet],
])("%s", (_what, net) => {
  test("has the same losses on wasm as on cpu", async () => {
    const onCpu = await train(net, "cpu", 10);
    const onWasm = await train(net, "wasm", 10);
    for (const [step, loss] of onCpu.entries()) expect(onWasm[step]).toBeCloseTo(loss, 4);
    expect(onCpu[9]).toBeLessThan(onCpu[0]!);
  });
});

test("two hundred steps leave no tensor behind, and the heap as it was", async () => {
  await tf.setBackend("wasm");
  const step = prepare(convNet);
  const backend = tf.backend() as unknown as {
    // its type hides both
    numDataIds(): number;
    wasm: { _malloc(bytes: number): number; _free(at: number): void };
  };
  /** Where a block larger than any gap goes: a few bytes that each step leaves behind move it. */
  const endOfHeap = () => {
    const at = backend.wasm._malloc(2 ** 22);
    backend.wasm._free(at);
    return at;
  };
  const held = () => [tf.memory().numTensors, backend.numDataIds(), endOfHeap()];
  for (let index = 0; index < 20; index++) await step();
  const before = held();
  for (let index = 0; index < 200; index++) await step();
  expect(held()).toEqual(before);
});
