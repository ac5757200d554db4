import { beforeAll, describe, expect, test } from "vitest";
import { preprocess } from "../../src/training/data/preprocessing.ts";
import { loadBackend, sealedTestSplit, splitForSearch, type TensorFlow } from "../../src/training/index.ts";
import { scoreOutputs } from "../../src/training/loop/score.ts";
import { predict } from "../../src/training/model/predict.ts";
import { loadModel } from "../../src/training/model/saved-model.ts";
import type { ObjectiveResult } from "../../src/trial/context.ts";
import { clouds, plane } from "./toy-data.ts";
import { toyParams, toyTraining } from "./toy-training.ts";
import { loneTrial } from "./trial-context.ts";

type DetailedResult = Exclude<ObjectiveResult, number>;

let tf: TensorFlow;
beforeAll(async () => {
  tf = (await loadBackend({ prefer: "wasm" })).tf;
});

async function evaluate(objective: ReturnType<typeof toyTraining>, trial = loneTrial(), params = toyParams) {
  return (await objective.evaluate(params, trial)) as DetailedResult;
}

describe("evaluating a classification", () => {
  test("reports every epoch and returns the lowest validation loss with its figures", async () => {
    const trial = loneTrial();
    const { loss, metrics, attributes } = await evaluate(toyTraining({ epochs: 6 }), trial);
    expect(trial.reports.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(loss).toBe(Math.min(...trial.reports.map(({ value }) => value)));
    expect(metrics).toEqual({ crossEntropy: loss, accuracy: expect.any(Number) });
    expect(attributes).toMatchObject({ backend: "wasm", refused: [], epochs: 6, seed: 1, parameters: 51 });
    expect(attributes?.["bestEpoch"]).toBe(trial.reports.findIndex(({ value }) => value === loss));
  });

  test("learns: clouds that do not overlap are told apart", async () => {
    const objective = toyTraining({ epochs: 30 });
    const trial = loneTrial();
    const { metrics } = await evaluate(objective, trial);
    expect(metrics?.["accuracy"]).toBeGreaterThan(0.95);
    expect((await objective.test(toyParams, trial)).metrics["accuracy"]).toBeGreaterThan(0.95);
  });

  test("a model that ends in softmax learns as well as one that ends in logits", async () => {
    const build = (activation: "softmax" | "linear", isNested = false) =>
      toyTraining({
        epochs: 8,
        model(_params, { inputs, outputs, tf }) {
          const model = tf.sequential();
          model.add(tf.layers.dense({ units: outputs, inputShape: [inputs], activation }));
          return isNested ? tf.sequential({ layers: [model] }) : model;
        },
      });
    const logits = await evaluate(build("linear"));
    for (const isNested of [false, true]) {
      expect((await evaluate(build("softmax", isNested))).loss).toBeCloseTo(logits.loss, 4);
    }
  });
});

describe("evaluating a regression", () => {
  test("gives its figures in the target's own unit", async () => {
    const trial = loneTrial();
    const objective = toyTraining({ task: "regression", data: () => plane(), epochs: 40 });
    const { loss, metrics } = await evaluate(objective, trial, { learningRate: 0.05, units: 16 });
    const { validation } = splitForSearch(plane(), { seed: trial.studySeed });
    const mean = validation.labels.reduce((sum, label) => sum + label, 0) / validation.rows;
    const spread = Math.sqrt(validation.labels.reduce((sum, label) => sum + (label - mean) ** 2, 0) / validation.rows);
    expect(loss).toBe(metrics?.["rmse"]);
    expect(loss).toBeLessThan(spread / 3);
    expect(metrics?.["mse"]).toBeCloseTo(loss ** 2, 6);
    expect(metrics?.["mae"]).toBeLessThanOrEqual(loss);
    const tested = await objective.test(toyParams, trial);
    expect(tested.metrics["rmse"]).toBeLessThan(spread / 2);
  });

  test("adds the model's own weight penalties to what is minimized", async () => {
    const penalized = (l2: number) =>
      toyTraining({
        task: "regression",
        data: () => plane(),
        epochs: 20,
        model(_params, { inputs, outputs, tf }) {
          const model = tf.sequential();
          const kernelRegularizer = tf.regularizers.l2({ l2 });
          model.add(tf.layers.dense({ units: outputs, inputShape: [inputs], kernelRegularizer }));
          return model;
        },
      });
    const params = { learningRate: 0.1, units: 2 };
    const [free, bound] = [
      await evaluate(penalized(0), loneTrial(), params),
      await evaluate(penalized(10), loneTrial(), params),
    ];
    expect(bound.loss).toBeGreaterThan(free.loss * 2);
  });
});

describe("seeds", () => {
  test("same seed, same losses, also when two trials train by turns in one process", async () => {
    const objective = toyTraining();
    const trials = [1, 2, 1].map((seed) => loneTrial({ seed }));
    await Promise.all(trials.map((trial) => evaluate(objective, trial)));
    const [first, other, again] = trials.map(({ reports }) => reports);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test("Math.random is the platform's again afterwards", async () => {
    const original = Math.random;
    await evaluate(toyTraining());
    expect(Math.random).toBe(original);
  });
});

describe("the end of a training", () => {
  test("a verdict ends it after that epoch and keeps no model", async () => {
    for (const verdict of ["prune", "cancel"] as const) {
      const trial = loneTrial({ verdict: (step) => (step === 1 ? verdict : "continue") });
      await evaluate(toyTraining(), trial);
      expect(trial.reports).toHaveLength(2);
      expect(trial.files.size).toBe(0);
    }
  });

  test("a signal ends it between two batches, with its reason", async () => {
    const before = tf.memory().numTensors;
    const trial = loneTrial();
    const running = evaluate(toyTraining({ epochs: 100_000 }), trial);
    setTimeout(() => trial.controller.abort(new Error("out of time")), 100);
    await expect(running).rejects.toThrow("out of time");
    expect(tf.memory().numTensors).toBe(before);
  });

  test("patience ends it when nothing better came", async () => {
    const trial = loneTrial();
    const { attributes } = await evaluate(toyTraining({ epochs: 500, patience: 3 }), trial, {
      learningRate: 0.3,
      units: 8,
    });
    expect(trial.reports.length).toBeLessThan(500);
    expect(attributes).toMatchObject({ epochs: trial.reports.length, bestEpoch: trial.reports.length - 4 });
  });

  test("weights that diverge give what came before, or NaN", async () => {
    const trial = loneTrial();
    const diverging = toyTraining({
      task: "regression",
      data: () => plane(),
      optimizer: (_params, tf) => tf.train.sgd(1e6),
    });
    const { loss } = await evaluate(diverging, trial);
    expect(loss).toBeNaN();
    expect(trial.reports).toEqual([]);
    expect(trial.files.size).toBe(0);
  });
});

describe("memory", () => {
  test.each(["sgd", "momentum", "adam", "rmsprop", "adagrad", "adadelta", "adamax"] as const)(
    "%s: every tensor of a trial is gone at its end",
    async (name) => {
      const before = tf.memory().numTensors;
      const optimizer = () => (name === "momentum" ? tf.train.momentum(0.01, 0.9) : tf.train[name](0.01));
      const objective = toyTraining({ optimizer });
      const trial = loneTrial();
      await evaluate(objective, trial);
      await objective.test(toyParams, trial);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test("also of a trial whose model or optimizer is refused", async () => {
    const before = tf.memory().numTensors;
    const wrongModel = toyTraining({
      model(_params, { inputs, tf }) {
        const model = tf.sequential();
        model.add(tf.layers.dense({ units: 7, inputShape: [inputs] }));
        return model;
      },
    });
    await expect(evaluate(wrongModel)).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: "model: expected output shape [3], received [7]",
    });
    const wrongOptimizer = toyTraining({
      optimizer: () => {
        throw new Error("no such optimizer");
      },
    });
    await expect(evaluate(wrongOptimizer)).rejects.toThrow("no such optimizer");
    await expect(evaluate(toyTraining({ batchSize: () => 0.5 }))).rejects.toMatchObject({ code: "OPTION_INVALID" });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("the kept model", () => {
  test("is what tf.loadLayersModel reads, with its preprocessing", async () => {
    const trial = loneTrial();
    await evaluate(toyTraining(), trial);
    expect([...trial.files.keys()].sort()).toEqual(["model.json", "weights.bin"]);
    const json = JSON.parse(new TextDecoder().decode(trial.files.get("model.json")));
    const weights = trial.files.get("weights.bin");
    const model = await tf.loadLayersModel({
      load: () => tf.io.getModelArtifactsForJSON(json, async (groups) => [groups[0]!.weights, weights!.slice().buffer]),
    });
    expect(model.countParams()).toBe(51);
    expect(json.userDefinedMetadata.parzen).toEqual({
      classNames: ["a", "b", "c"],
      target: null,
      features: {
        means: [expect.any(Number), expect.any(Number)],
        deviations: [expect.any(Number), expect.any(Number)],
      },
    });
    model.dispose();
  });

  test("is that of the best epoch: it gives the best validation loss again", async () => {
    const trial = loneTrial();
    const params = { learningRate: 0.5, units: 16 };
    const whole = toyTraining({ epochs: 12 });
    const { loss, attributes } = await evaluate(whole, trial, params);
    expect(attributes?.["bestEpoch"]).toBeLessThan(11);
    const { model, preprocessing } = await loadModel(tf, trial.artifacts);
    const { validation } = splitForSearch(clouds(), { seed: trial.studySeed });
    const values = await predict(tf, model, preprocess(validation, preprocessing).inputs);
    expect(scoreOutputs(validation, { values, areProbabilities: false }, { preprocessing }).loss).toBe(loss);
    model.dispose();
  });

  test("is needed for a test", async () => {
    await expect(toyTraining().test(toyParams, loneTrial())).rejects.toMatchObject({ code: "NO_TEST" });
  });
});

describe("data", () => {
  test("is loaded once, and anew after a failure", async () => {
    let calls = 0;
    const objective = toyTraining({
      data() {
        calls += 1;
        if (calls === 1) throw new Error("not yet there");
        return clouds();
      },
    });
    await expect(evaluate(objective)).rejects.toThrow("not yet there");
    await Promise.all([evaluate(objective), evaluate(objective)]);
    expect(calls).toBe(2);
  });

  test("must fit the task, and hold numbers", async () => {
    await expect(evaluate(toyTraining({ data: () => plane() }))).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: "data: expected a dataset for classification, received regression",
    });
    const broken = clouds();
    broken.features[5] = Number.NaN;
    await expect(evaluate(toyTraining({ data: () => broken }))).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: 'dataset: row 2 (counted from 0), feature "y": expected a number, received NaN',
    });
  });

  test("the test split is never opened by the search", async () => {
    const poisoned = clouds();
    const sealed = new Set(
      sealedTestSplit({ ...poisoned, features: rowNumbers(poisoned.rows) }, { seed: 7 }).features.filter(
        (_, at) => at % 2 === 0,
      ),
    );
    for (let row = 0; row < poisoned.rows; row++) {
      if (sealed.has(row)) poisoned.features.fill(1e6, row * 2, row * 2 + 2);
    }
    const [clean, dirty] = [loneTrial(), loneTrial()];
    await evaluate(toyTraining(), clean);
    await evaluate(toyTraining({ data: () => poisoned }), dirty);
    expect(dirty.reports).toEqual(clean.reports);
    expect((await toyTraining({ data: () => poisoned }).test(toyParams, dirty)).metrics["loss"]).not.toEqual(
      (await toyTraining().test(toyParams, clean)).metrics["loss"],
    );
  });
});

/** Shape [rows, 2], each row holding its own number twice. */
function rowNumbers(rows: number): Float32Array {
  return Float32Array.from({ length: rows * 2 }, (_, at) => Math.floor(at / 2));
}
