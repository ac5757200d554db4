import { expect, test } from "vitest";
import { readDiabetes } from "../../search-spaces/data/diabetes.ts";
import diabetes from "../../search-spaces/diabetes-mlp.ts";
import { unsealedRows } from "../../src/training/data/folds.ts";
import { sealedTestSplit } from "../../src/training/index.ts";
import { asTestable } from "../training/as-testable.ts";
import { loneTrial } from "../training/trial-context.ts";
import { ridgeError } from "./ridge.ts";

const params = {
  layers: 1,
  units: 32,
  activation: "relu",
  dropout: 0.2,
  l2: 1e-2,
  batchSize: 32,
  optimizer: { type: "adam", learningRate: 5e-3 },
} as const;

/** A test split holds some 90 rows, on which the figure varies by several points: the mean of two is judged. */
const STUDY_SEEDS = [1, 2];

test("diabetes-mlp: good params come near the line that it contains", async () => {
  const objective = asTestable(diabetes.objective);
  const dataset = readDiabetes();
  const losses: number[] = [];
  const tests: number[] = [];
  const lines: number[] = [];
  for (const seed of STUDY_SEEDS) {
    const trial = loneTrial({ studySeed: seed });
    const result = await objective.evaluate(params, trial);
    losses.push(typeof result === "number" ? result : result.loss);
    tests.push((await objective.test(params, trial)).metrics["rmse"] ?? Number.NaN);
    lines.push(ridgeError(unsealedRows(dataset, { seed }), sealedTestSplit(dataset, { seed }), 0.03));
  }
  expect(mean(losses)).toBeGreaterThan(40);
  expect(mean(losses)).toBeLessThan(60);
  expect(mean(tests)).toBeLessThan(1.05 * mean(lines));
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
