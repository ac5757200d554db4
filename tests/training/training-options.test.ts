import type { SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { createStudy, type StudyOptions } from "../../src/index.ts";
import { type Callbacks, cosineDecay, loadBackend, stepDecay, type TensorFlow } from "../../src/training/index.ts";
import { clouds, plane } from "./toy-data.ts";
import { type ToyChanges, toyGoal, toyParams, toySpace, toyTraining } from "./toy-training.ts";
import { loneTrial } from "./trial-context.ts";

let tf: TensorFlow;
beforeAll(async () => {
  tf = (await loadBackend({ prefer: "wasm" })).tf;
});

async function reports(changes: ToyChanges) {
  const trial = loneTrial();
  await toyTraining(changes).evaluate(toyParams, trial);
  return trial.reports;
}

describe("callbacks", () => {
  test("are called in order, and awaited", async () => {
    const calls: string[] = [];
    const losses: number[] = [];
    const later = async (text: string) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      calls.push(text);
    };
    const callbacks: Callbacks = {
      onEpochBegin: ({ epoch, fold, model }) => later(`begin ${epoch} of ${fold}, ${model.countParams()} weights`),
      onBatchBegin: ({ batch, batches }) => later(`${batch} of ${batches}`),
      onBatchEnd({ loss }) {
        losses.push(loss);
      },
      onEpochEnd: ({ epoch, metrics }) => later(`end ${epoch} ${Object.keys(metrics)}`),
    };
    await reports({ epochs: 2, batchSize: 64, callbacks });
    const epoch = (at: number) => [
      `begin ${at} of 0, 51 weights`,
      "0 of 2",
      "1 of 2",
      `end ${at} accuracy,crossEntropy`,
    ];
    expect(calls).toEqual([...epoch(0), ...epoch(1)]);
    expect(losses).toHaveLength(4);
    expect(losses[3]).toBeLessThan(losses[0] ?? 0);
  });

  test("change nothing, and fail the trial where they throw", async () => {
    const observed = await reports({ callbacks: () => ({ onBatchEnd: () => undefined }) });
    expect(observed).toEqual(await reports({}));
    const onEpochEnd = () => {
      throw new Error("disk full");
    };
    const before = tf.memory().numTensors;
    await expect(reports({ callbacks: { onEpochEnd } })).rejects.toThrow("disk full");
    await expect(reports({ callbacks: { onBatchEnd: onEpochEnd } })).rejects.toThrow("disk full");
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("what a training minimizes and how", () => {
  test("a schedule moves the rate: at 0 nothing is learned any more", async () => {
    const [first, second, third] = await reports({
      epochs: 3,
      schedule:
        () =>
        ({ epoch }) =>
          epoch < 1 ? 1 : 0,
    });
    expect(second?.value).toBe(first?.value);
    expect(third?.value).toBe(first?.value);
    expect(await reports({ schedule: () => cosineDecay() })).not.toEqual(await reports({}));
    expect(await reports({ schedule: () => stepDecay({ every: 1e3 }) })).toEqual(await reports({}));
  });

  test("a schedule is given every step's middle", async () => {
    const seen: number[] = [];
    await reports({
      epochs: 2,
      batchSize: 40,
      schedule: () => (at) => {
        seen.push(at.epoch);
        expect(at.epochs).toBe(2);
        return 1;
      },
    });
    expect(seen.map((epoch) => Number(epoch.toFixed(4)))).toEqual([0.1667, 0.5, 0.8333, 1.1667, 1.5, 1.8333]);
  });

  test("class weights lift a rare class, and leave the validation loss unweighted", async () => {
    const [even] = await reports({ classWeights: [1, 1, 1], epochs: 1 });
    const [plain] = await reports({ epochs: 1 });
    expect(even?.value).toBeCloseTo(plain?.value ?? 0, 5);
    const recall = async (classWeights: ToyChanges["classWeights"]) => {
      const trial = loneTrial();
      const blurred = clouds();
      blurred.features.forEach((value, at) => {
        blurred.features[at] = value + 3 * Math.sin(at);
      });
      const options = { epochs: 15, data: () => blurred, metrics: ["confusionMatrix"] } as const;
      const result = await toyTraining({ ...options, ...(classWeights && { classWeights }) }).evaluate(
        toyParams,
        trial,
      );
      if (typeof result === "number") throw new Error("expected attributes");
      // The figure of that name.
      const counts = result.attributes?.["confusionMatrix"] as readonly (readonly number[])[];
      return (counts[2]?.[2] ?? 0) / (counts[2] ?? []).reduce((sum, count) => sum + count, 0);
    };
    expect(await recall("balanced")).toBeGreaterThan(await recall([1, 1, 0]));
  });

  test("augmentation sees rows as they are in the data, and its own stream", async () => {
    const values = new Set(clouds().features);
    const shapes = new Set<string>();
    const trained = await reports({
      augment({ inputs, shape }, params) {
        expect(params).toEqual(toyParams);
        shapes.add(shape.join("x"));
        expect(inputs.every((value) => values.has(value))).toBe(true);
        return inputs;
      },
    });
    expect([...shapes]).toEqual(["2"]);
    for (const [at, { value }] of (await reports({})).entries()) expect(trained[at]?.value).toBeCloseTo(value, 6);
    await expect(reports({ augment: () => new Float32Array(3) })).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: "augment: expected a Float32Array of 64 values, received 3",
    });
  });

  test("clipping makes a rate bearable that diverges without", async () => {
    const wild: ToyChanges = { task: "regression", data: () => plane(), optimizer: (_params, tf) => tf.train.sgd(2) };
    const steady = await reports({ ...wild, clipping: { norm: 0.01 } });
    expect(steady).toHaveLength(4);
    const unclipped = await reports(wild);
    expect(unclipped.at(-1)?.value ?? Number.POSITIVE_INFINITY).toBeGreaterThan((steady.at(-1)?.value ?? 0) * 10);
  });

  test.each([
    [{ epochs: 0 }, "epochs: expected a positive integer, received 0"],
    [{ patience: () => 1.5 }, "patience: expected a positive integer, received 1.5"],
    [{ minDelta: -1 }, "minDelta: expected a number from 0 on, received -1"],
    [{ checkpointEvery: 0 }, "checkpointEvery: expected a positive integer, received 0"],
    [{ batchSize: () => 0 }, "batchSize: expected a positive integer, received 0"],
    [
      { callbacks: () => ({ onEpoch() {} }) as never },
      expect.stringContaining('callbacks: there is no "onEpoch"') as never,
    ],
    [{ clipping: { norm: 0 } }, "clipping: norm: expected a number above 0, received 0"],
    [
      { classWeights: [1] },
      'classWeights: expected "balanced" or 3 numbers from 0 on, one for each class, received [1]',
    ],
    [{ model: () => undefined as never }, "model: expected a model such as tf.sequential() makes, received undefined"],
    [
      { optimizer: () => undefined as never },
      "optimizer: expected an optimizer such as tf.train.adam(1e-3), received undefined",
    ],
    [
      { schedule: cosineDecay() as never },
      "schedule: expected a function that gives a schedule, such as () => cosineDecay(), received NaN",
    ],
    [
      {
        model(_params, { inputs, outputs, tf }) {
          const [a, b] = [tf.input({ shape: [inputs] }), tf.input({ shape: [inputs] })];
          const both = tf.layers.add().apply([a, b]) as SymbolicTensor;
          return tf.model({
            inputs: [a, b],
            outputs: tf.layers.dense({ units: outputs }).apply(both) as SymbolicTensor,
          });
        },
      },
      "model: expected one input and one output, received 2 and 1",
    ],
    [
      {
        model(_params, { inputs, outputs, tf }) {
          const input = tf.input({ shape: [inputs] });
          const head = () => tf.layers.dense({ units: outputs }).apply(input) as SymbolicTensor;
          return tf.model({ inputs: input, outputs: [head(), head()] });
        },
      },
      "model: expected one input and one output, received 1 and 2",
    ],
    [
      {
        model(_params, { inputs, outputs, tf }) {
          const inner = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [inputs], name: "same" })] });
          const input = tf.input({ shape: [inputs] });
          const within = inner.apply(input) as SymbolicTensor;
          const head = tf.layers.dense({ units: outputs, name: "same" });
          return tf.model({ inputs: input, outputs: head.apply(within) as SymbolicTensor });
        },
      },
      'model: expected weights of different names, received two "same/kernel"',
    ],
    [
      { model: (async () => tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] })) as never },
      "model: expected a model such as tf.sequential() makes, received Promise {}",
    ],
  ] satisfies [ToyChanges, string][])("%j is refused", async (changes, message) => {
    const before = tf.memory().numTensors;
    await expect(reports(changes)).rejects.toMatchObject({ code: "OPTION_INVALID", message });
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("weights for another number of classes are refused before the first trial", async () => {
  await expect(toyTraining({ classWeights: [1, 2] }).check?.(toyGoal)).rejects.toMatchObject({
    code: "OPTION_INVALID",
    message: 'classWeights: expected "balanced" or 3 numbers from 0 on, one for each class, received [1,2]',
  });
  await toyTraining({ classWeights: () => [1] }).check?.(toyGoal);
});

type Goal = Pick<StudyOptions<typeof toySpace>, "metric" | "direction">;

test.each([
  [
    { metric: "auc", direction: "maximize" },
    'metric: expected crossEntropy, the loss of this training, received "auc"',
  ],
  [{ metric: "top2Accuracy" }, 'metric: expected crossEntropy, the loss of this training, received "top2Accuracy"'],
  [
    { direction: "maximize" },
    'direction: expected minimize for crossEntropy, the loss of this training, received "maximize"',
  ],
] satisfies [Goal, string][])("a study with the goal %j is refused, which the loss is not", async (goal, message) => {
  const study = await createStudy({ space: toySpace, maxTrials: 2, ...goal });
  await expect(study.optimize(toyTraining())).rejects.toMatchObject({ code: "OPTION_INVALID", message });
  expect(await study.trials()).toEqual([]);
});

test("the loss may have a name that no other figure has", async () => {
  await toyTraining().check?.({ ...toyGoal, metric: "crossEntropy" });
  await toyTraining().check?.({ ...toyGoal, metric: "1 - auc" });
});

test("a misspelt option or task is refused at once, a backend that there is not before the first trial", async () => {
  const misspelt = { pacience: 3 } as ToyChanges;
  expect(() => toyTraining(misspelt)).toThrow('pacience: there is no such option (did you mean "patience"?)');
  expect(() => toyTraining({ task: "clasification" as never })).toThrow('expected "classification" or "regression"');
  const check = toyTraining({ backend: "wasmm" as never }).check?.(toyGoal);
  await expect(check).rejects.toMatchObject({ code: "OPTION_INVALID", message: expect.stringContaining("wasmm") });
});

test.each([
  [{ epochs: 0 }, "epochs: expected a positive integer, received 0"],
  [{ epochs: undefined as never }, "epochs: expected a positive integer, received undefined"],
  [{ batchSize: 1.5 }, "batchSize: expected a positive integer, received 1.5"],
  [{ minDelta: -1 }, "minDelta: expected a number from 0 on, received -1"],
  [{ standardize: 1 as never }, "standardize: expected true or false, received 1"],
  [{ schedule: 3 as never }, "schedule: expected a function, received 3"],
  [{ augment: {} as never }, "augment: expected a function, received {}"],
  [{ data: [] as never }, "data: expected a function, received []"],
  [{ clipping: { nrom: 1 } as never }, 'clipping: there is no "nrom"'],
  [{ callbacks: { onEpoch() {} } as never }, 'callbacks: there is no "onEpoch"'],
  [{ metrics: "auc" as never }, 'metrics: expected a list of figures, received "auc"'],
  [{ pretrained: 3 as never }, "pretrained: expected a path or a URL, received 3"],
  [
    { task: "regression", classWeights: () => "balanced" },
    "classWeights: expected a training for classification, received one for regression",
  ],
  [{ callbacks: { onEpochEnd: 1 } as never }, "callbacks: onEpochEnd: expected a function, received 1"],
] satisfies [ToyChanges, string][])(
  "what is wrong whatever the params are is refused at once: %j",
  (changes, message) => {
    expect(() => toyTraining(changes)).toThrow(message);
  },
);
