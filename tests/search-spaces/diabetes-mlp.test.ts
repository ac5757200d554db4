import { expect, test } from "vitest";
import { readDiabetes } from "../../search-spaces/data/diabetes.ts";
import diabetes from "../../search-spaces/diabetes-mlp.ts";
import { foldsForSearch } from "../../src/training/index.ts";
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

/** A test split holds some 90 rows, on which the figure varies by several points: that of all five folds is judged. */
test("diabetes-mlp: twelve epochs of good params come near the line that it contains", async () => {
  const trial = loneTrial({ studySeed: 1, verdict: (step) => (step === 11 ? "prune" : "continue") });
  await asTestable(diabetes.objective).evaluate(params, trial);
  const lines = foldsForSearch(readDiabetes(), { seed: 1, folds: 5 }).map(({ train, validation }) =>
    ridgeError(train, validation, 0.03),
  );
  const last = trial.reports[11]?.value ?? Number.NaN;
  expect(last).toBeGreaterThan(40);
  expect(last).toBeLessThan((1.02 * lines.reduce((sum, error) => sum + error, 0)) / lines.length);
});
