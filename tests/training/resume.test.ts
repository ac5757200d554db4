import { once } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { ParzenError } from "../../src/errors.ts";
import { composeSchedules, cosineDecay, warmUp } from "../../src/training/index.ts";
import type { TrialContext } from "../../src/trial/context.ts";
import { clouds, plane } from "./toy-data.ts";
import { type ToyChanges, toyParams, toyTraining } from "./toy-training.ts";
import { type LoneTrial, loneTrial } from "./trial-context.ts";

/** Evaluates it in attempts that each end when so many epochs more were saved. */
async function inParts(
  changes: ToyChanges,
  epochs: number,
): Promise<{ readonly result: unknown; readonly last: LoneTrial }> {
  for (let trial = loneTrial(); ; trial = loneTrial({ checkpoint: trial.checkpoints.at(-1) })) {
    const reports = () => trial.reports.length;
    const stop = () => {
      if (reports() >= epochs) trial.controller.abort(new Error("killed"));
    };
    const objective = toyTraining({ ...changes, callbacks: { onEpochBegin: stop } });
    const result = await Promise.resolve(objective.evaluate(toyParams, trial)).catch((error: Error) => error.message);
    if (result !== "killed") return { result, last: trial };
  }
}

/** Everything that has a state: dropout, two optimizers with moments, a schedule, augmentation, patience. */
const everything: ToyChanges = {
  epochs: 9,
  patience: 4,
  minDelta: 1e-3,
  schedule: () => composeSchedules(warmUp({ epochs: 2 }), cosineDecay()),
  layerRate: ({ index }) => (index === 0 ? 0.5 : 1),
  clipping: { norm: 1 },
  classWeights: "balanced",
  augment: ({ inputs, rng }) => inputs.map((value) => value + rng.next() / 10),
};

const CASES: readonly (readonly [string, ToyChanges])[] = [
  ["with everything on", everything],
  ["over folds", { ...everything, folds: 3 }],
  ["that saves every third epoch", { ...everything, checkpointEvery: 3 }],
  ["on the cpu backend", { ...everything, backend: "cpu" }],
  ["of a regression", { task: "regression", data: () => plane(), epochs: 5 }],
  ["whose patience ends it", { epochs: 40, patience: 2, optimizer: (_params, tf) => tf.train.adam(0.5) }],
];

describe("a training in parts", () => {
  test.each(CASES)("%s ends with the bits of one that was left alone", async (_name, changes) => {
    const whole = loneTrial();
    const result = await toyTraining(changes).evaluate(toyParams, whole);
    const parts = await inParts(changes, (changes.checkpointEvery ?? 1) + 1);
    expect(parts.result).toEqual(result);
    expect(parts.last.reports).toEqual(whole.reports.slice(-parts.last.reports.length));
    expect(parts.last.reports.length).toBeLessThan(whole.reports.length);
    expect(parts.last.files.get("weights.bin")).toEqual(whole.files.get("weights.bin"));
    expect(parts.last.files.get("refit.json")).toEqual(whole.files.get("refit.json"));
  });

  test("keeps its progress after every epoch but the last", async () => {
    const trial = loneTrial();
    await toyTraining({ epochs: 4 }).evaluate(toyParams, trial);
    expect(trial.checkpoints.map(({ step }) => step)).toEqual([0, 1, 2]);
  });

  test("begins anew, and says so, from what is of another model, optimizer or data, or is no progress at all", async () => {
    const whole = loneTrial();
    const result = await toyTraining().evaluate(toyParams, whole);
    const [otherModel, otherOptimizer] = [loneTrial(), loneTrial()];
    await toyTraining().evaluate({ ...toyParams, units: 5 }, otherModel);
    await toyTraining({ optimizer: (_params, tf) => tf.train.rmsprop(0.01) }).evaluate(toyParams, otherOptimizer);
    const [otherLabel, otherScale, otherSplit] = [loneTrial(), loneTrial(), loneTrial()];
    await toyTraining({ data: mendedClouds }).evaluate(toyParams, otherLabel);
    await toyTraining({ standardize: false }).evaluate(toyParams, otherScale);
    await toyTraining({ split: { train: 0.6, validation: 0.3, test: 0.1 } }).evaluate(toyParams, otherSplit);
    const others = [otherModel, otherOptimizer, otherLabel, otherScale, otherSplit];
    const broken = { step: 2, files: { checkpoint: new Uint8Array(40) } };
    for (const checkpoint of [...others.map(({ checkpoints }) => checkpoints.at(-1)), broken]) {
      const trial = loneTrial({ checkpoint });
      const warned = once(process, "warning");
      expect(await toyTraining().evaluate(toyParams, trial)).toEqual(result);
      expect(trial.reports).toEqual(whole.reports);
      expect((await warned)[0].message).toBe(
        "the checkpoint of step 2 is damaged, or of another model, optimizer or data: the training begins anew",
      );
    }
  });

  test("begins anew where another part of the layers shares a rate", async () => {
    const training = (half: number) =>
      toyTraining({ layerRate: ({ index }) => (index === half ? 0.5 : 1), model: threeAlike });
    const whole = loneTrial();
    const result = await training(0).evaluate(toyParams, whole);
    const other = loneTrial();
    await training(1).evaluate(toyParams, other);
    const trial = loneTrial({ checkpoint: other.checkpoints.at(-1) });
    expect(await training(0).evaluate(toyParams, trial)).toEqual(result);
    expect(trial.reports).toEqual(whole.reports);
  });

  test("goes on without checkpoints where they are refused, by any copy of the package, and fails of another error", async () => {
    const refusing = (error: Error) => {
      const trial = loneTrial();
      let calls = 0;
      const save = async () => {
        calls += 1;
        throw error;
      };
      const refused: TrialContext = { ...trial, checkpoint: { ...trial.checkpoint, save } };
      return { refused, calls: () => calls };
    };
    vi.resetModules();
    const other = await import("../../src/errors.ts");
    expect(other.ParzenError).not.toBe(ParzenError);
    for (const copy of [ParzenError, other.ParzenError]) {
      const tooLarge = refusing(new copy("ARTIFACT_REFUSED", "too large"));
      const result = await toyTraining().evaluate(toyParams, tooLarge.refused);
      expect(result).toMatchObject({ loss: expect.any(Number), attributes: { checkpoints: "too large" } });
      expect(tooLarge.calls()).toBe(1);
    }
    const away = refusing(new ParzenError("STORE_UNAVAILABLE", "away"));
    await expect(toyTraining().evaluate(toyParams, away.refused)).rejects.toThrow("away");
  });
});

/** With the label of one row put right. */
function mendedClouds() {
  const dataset = clouds();
  return { ...dataset, labels: dataset.labels.map((label, row) => (row === 0 ? 1 : label)) };
}

/** Two layers of weights that are alike, before the last. */
const threeAlike: Required<NonNullable<Parameters<typeof toyTraining>[0]>>["model"] = (
  _params,
  { inputs, outputs, tf },
) => {
  const units = inputs;
  return tf.sequential({
    layers: [
      tf.layers.dense({ units, inputShape: [inputs] }),
      tf.layers.dense({ units }),
      tf.layers.dense({ units: outputs }),
    ],
  });
};
