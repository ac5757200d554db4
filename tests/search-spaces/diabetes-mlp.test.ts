import { expect, test } from "vitest";
import diabetes from "../../search-spaces/diabetes-mlp.ts";
import { asTestable } from "../training/as-testable.ts";
import { loneTrial } from "../training/trial-context.ts";

const params = {
  layers: 1,
  units: 32,
  activation: "relu",
  dropout: 0.2,
  l2: 1e-3,
  batchSize: 32,
  optimizer: { type: "adam", learningRate: 5e-3 },
} as const;

/** A test split holds some 90 rows, on which the figure varies by several points: the mean of two is judged. */
const STUDY_SEEDS = [1, 2];

test("diabetes-mlp: good params are far below the 77 points of predicting the mean", async () => {
  const objective = asTestable(diabetes.objective);
  const losses: number[] = [];
  const tests: number[] = [];
  for (const studySeed of STUDY_SEEDS) {
    const trial = loneTrial({ studySeed });
    const result = await objective.evaluate(params, trial);
    losses.push(typeof result === "number" ? result : result.loss);
    tests.push((await objective.test(params, trial)).metrics["rmse"] ?? Number.NaN);
  }
  expect(mean(losses)).toBeGreaterThan(40);
  expect(mean(losses)).toBeLessThan(60);
  expect(mean(tests)).toBeLessThan(60);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
