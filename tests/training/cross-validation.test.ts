import { beforeAll, describe, expect, test } from "vitest";
import { foldsForSearch, loadBackend, sealedTestSplit, type TensorFlow } from "../../src/training/index.ts";
import type { ObjectiveResult } from "../../src/trial/context.ts";
import { clouds } from "./toy-data.ts";
import { toyParams, toyTraining } from "./toy-training.ts";
import { loneTrial } from "./trial-context.ts";

let tf: TensorFlow;
beforeAll(async () => {
  tf = (await loadBackend({ prefer: "wasm" })).tf;
});

async function evaluate(objective: ReturnType<typeof toyTraining>, trial = loneTrial()) {
  return (await objective.evaluate(toyParams, trial)) as Exclude<ObjectiveResult, number>;
}

describe("a training with folds", () => {
  test("reports the mean over folds once for each epoch, and gives each fold's loss", async () => {
    const trial = loneTrial();
    const seen: { readonly epoch: number; readonly fold: number; readonly loss: number }[] = [];
    const callbacks = { onEpochEnd: (event: (typeof seen)[number]) => seen.push(event) };
    const { loss, metrics, attributes } = await evaluate(toyTraining({ folds: 3, epochs: 5, callbacks }), trial);
    expect(trial.reports.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    for (const { step, value } of trial.reports) {
      const losses = seen.filter(({ epoch }) => epoch === step).map((event) => event.loss);
      expect(losses).toHaveLength(3);
      expect(value).toBeCloseTo(losses.reduce((sum, each) => sum + each, 0) / 3, 12);
    }
    const best = trial.reports.findIndex(({ value }) => value === loss);
    expect(loss).toBe(Math.min(...trial.reports.map(({ value }) => value)));
    expect(attributes?.["bestEpoch"]).toBe(best);
    const folds = [metrics?.["fold1"], metrics?.["fold2"], metrics?.["fold3"]];
    expect(folds).toEqual(seen.filter(({ epoch }) => epoch === best).map((event) => event.loss));
    expect(new Set(folds).size).toBe(3);
    expect(metrics).toMatchObject({ accuracy: expect.any(Number), crossEntropy: loss });
  });

  test("is tested by one model, fitted on all rows that the search saw", async () => {
    const trial = loneTrial();
    const before = tf.memory().numTensors;
    const objective = toyTraining({ folds: 4, epochs: 15 });
    await evaluate(objective, trial);
    expect([...trial.files.keys()]).toEqual(["refit.json"]);
    const { metrics } = await objective.test(toyParams, trial);
    expect(metrics["accuracy"]).toBeGreaterThan(0.95);
    expect([...trial.files.keys()].sort()).toEqual(["model.json", "refit.json", "weights.bin"]);
    expect(await objective.test(toyParams, trial)).toEqual({ metrics });
    expect(tf.memory().numTensors).toBe(before);
    await expect(objective.test(toyParams, loneTrial())).rejects.toMatchObject({ code: "NO_TEST" });
  });

  test("never opens the test split in the search", async () => {
    const dataset = clouds();
    const sealed = new Set(sealedTestSplit(dataset, { seed: 7 }).features);
    for (const { train, validation } of foldsForSearch(dataset, { seed: 7, folds: 4 })) {
      expect([...train.features, ...validation.features].filter((value) => sealed.has(value))).toEqual([]);
    }
  });

  test("ends after the epoch in which it is told to prune", async () => {
    const trial = loneTrial({ verdict: (step) => (step === 1 ? "prune" : "continue") });
    await evaluate(toyTraining({ folds: 2 }), trial);
    expect(trial.reports).toHaveLength(2);
    expect(trial.files.size).toBe(0);
  });
});
