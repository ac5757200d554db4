import type { LayersModel } from "@tensorflow/tfjs-layers";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadBackend, type TensorFlow } from "../../../src/training/index.ts";
import { clipGradients } from "../../../src/training/learner/clipping.ts";
import {
  applyGradients,
  type GroupOptions,
  type ParameterGroup,
  parameterGroups,
  scheduleRates,
} from "../../../src/training/learner/parameter-groups.ts";
import { applyModel, writeWeights } from "../../../src/training/model/model.ts";

let tf: TensorFlow;
const models: LayersModel[] = [];
beforeAll(async () => {
  tf = (await loadBackend({ prefer: "wasm" })).tf;
});
afterEach(() => {
  for (const model of models.splice(0)) model.dispose();
});

/** Two layers of ones and a batch normalization between them. */
function chain(): LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer: "ones", name: "first" }));
  model.add(tf.layers.batchNormalization({ name: "normal" }));
  model.add(tf.layers.dense({ units: 1, kernelInitializer: "ones", name: "last" }));
  models.push(model);
  return model;
}

const groups = (model: LayersModel, changes: Partial<GroupOptions>) =>
  parameterGroups(model, { layerRate: null, isScheduled: false, optimizer: () => tf.train.sgd(0.5), ...changes });

/** One step along a gradient of ones: how far each layer's kernel, or its gamma, moved. */
function moves(model: LayersModel, made: readonly ParameterGroup[]): number[] {
  const read = () => model.layers.map((layer) => layer.getWeights()[0]?.dataSync()[0] ?? 0);
  const before = read();
  const variables = made.flatMap((group) => group.variables);
  applyGradients(
    made,
    variables.map((variable) => ({ name: variable.name, tensor: tf.onesLike(variable) })),
  );
  return read().map((value, at) => (before[at] ?? 0) - value);
}

describe("the rate of a layer", () => {
  it("is the optimizer's own where nothing is said", () => {
    const model = chain();
    const made = groups(model, {});
    expect(made).toHaveLength(1);
    expect(moves(model, made)).toEqual([0.5, 0.5, 0.5]);
  });

  it("is a factor of it by layer; 0 freezes", () => {
    const model = chain();
    const places: unknown[] = [];
    const made = groups(model, {
      layerRate(place) {
        places.push(place);
        return { first: 0, normal: 0.5, last: 2 }[place.name] ?? 1;
      },
    });
    expect(places[1]).toEqual({ name: "normal", index: 1, layers: 3, depth: 1 });
    expect(moves(model, made)).toEqual([0, 0.25, 1]);
  });

  it("may follow its depth, for which layers without weights do not count", () => {
    const model = tf.sequential();
    models.push(model);
    model.add(tf.layers.activation({ activation: "relu", inputShape: [2] }));
    for (const name of ["first", "second"]) {
      model.add(tf.layers.dense({ units: 2, kernelInitializer: "ones", name }));
      model.add(tf.layers.dropout({ rate: 0.5 }));
    }
    const made = groups(model, { layerRate: ({ depth }) => (depth < 1 ? 0 : 1) });
    expect(moves(model, made)).toEqual([0, 0, 0, 0.5, 0]);
  });

  it("is what a schedule multiplies", () => {
    const model = chain();
    const made = groups(model, { layerRate: ({ index }) => index + 1, isScheduled: true });
    scheduleRates(made, 0.1);
    for (const [at, moved] of moves(model, made).entries()) expect(moved).toBeCloseTo(0.05 * (at + 1), 6);
    expect(() => scheduleRates(made, -1)).toThrow("schedule: expected a number from 0 on, received -1");
  });

  it("is refused where it is none, or where nothing would learn", () => {
    expect(() => groups(chain(), { layerRate: () => Number.NaN })).toThrow(
      'layerRate of layer "first": expected a number from 0 on, received NaN',
    );
    expect(() => groups(chain(), { layerRate: () => 0 })).toThrow(
      "layerRate: expected a layer that learns, received 0 for all that could",
    );
  });

  it("0 also keeps a batch normalization from following the batches", () => {
    const model = chain();
    groups(model, { layerRate: ({ name }) => (name === "normal" ? 0 : 1) });
    const means = () => [...(model.getLayer("normal").getWeights()[2]?.dataSync() ?? [])];
    tf.tidy(
      () =>
        void applyModel(
          model,
          tf.tensor2d([
            [1, 2],
            [3, 4],
          ]),
          { training: true },
        ),
    );
    expect(means()).toEqual([0, 0]);
  });
});

describe("a frozen model within a model", () => {
  it("keeps the statistics of its batch normalization, and takes its weights back", () => {
    const inner = tf.sequential({ name: "base" });
    inner.add(tf.layers.dense({ units: 3, inputShape: [2], name: "inner" }));
    inner.add(tf.layers.batchNormalization({ name: "inner-normal" }));
    const model = tf.sequential();
    model.add(inner);
    model.add(tf.layers.dense({ units: 1, name: "outer" }));
    models.push(model);
    groups(model, { layerRate: ({ name }) => (name === "base" ? 0 : 1) });
    const read = () => model.weights.map((weight) => [...weight.read().dataSync()]);
    const before = read();
    tf.tidy(() => void applyModel(model, tf.ones([4, 2]), { training: true }));
    expect(read()).toEqual(before);
    const doubled = model.weights.map((weight) => ({
      values: weight
        .read()
        .dataSync()
        .slice()
        .map((value) => 2 * value),
      shape: [...weight.shape] as number[], // of weights, which have a size
    }));
    writeWeights(tf, model, doubled);
    expect(read()).toEqual(before.map((values) => values.map((value) => 2 * value)));
  });
});

it("a frozen layer over time keeps the statistics of the batch normalization that it applies", () => {
  const model = tf.sequential();
  model.add(tf.layers.reshape({ targetShape: [2, 1], inputShape: [2] }));
  model.add(tf.layers.timeDistributed({ layer: tf.layers.batchNormalization(), name: "over-time" }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 1 }));
  models.push(model);
  groups(model, { layerRate: ({ name }) => (name === "over-time" ? 0 : 1) });
  const read = () => model.weights.map((weight) => [...weight.read().dataSync()]);
  const before = read();
  tf.tidy(() => void applyModel(model, tf.ones([4, 2]), { training: true }));
  expect(read()).toEqual(before);
});

describe("clipping", () => {
  const clipped = (values: readonly (readonly number[])[], bounds: Parameters<typeof clipGradients>[2]) =>
    tf.tidy(() =>
      clipGradients(
        tf,
        values.map((each) => tf.tensor1d([...each])),
        bounds,
      ).map((tensor) => [...tensor.dataSync()]),
    );

  it("by norm keeps the direction of all gradients together", () => {
    const [a, b] = clipped(
      [
        [3, 0],
        [0, 4],
      ],
      { norm: 1 },
    );
    for (const [at, value] of [0.6, 0, 0, 0.8].entries()) expect([...a!, ...b!][at]).toBeCloseTo(value, 6);
    expect(
      clipped(
        [
          [3, 0],
          [0, 4],
        ],
        { norm: 6 },
      ),
    ).toEqual([
      [3, 0],
      [0, 4],
    ]);
    expect(clipped([[0, 0]], { norm: 1 })).toEqual([[0, 0]]);
  });

  it("by value bounds each component, before the norm", () => {
    expect(clipped([[3, -0.25]], { value: 0.5 })).toEqual([[0.5, -0.25]]);
    const [[x = 0, y = 0] = []] = clipped([[30, -40]], { value: 1, norm: 1 });
    expect(x).toBeCloseTo(Math.SQRT1_2, 6);
    expect(y).toBeCloseTo(-Math.SQRT1_2, 6);
  });
});
