import { expect, test } from "vitest";
import { readDiabetes } from "../../search-spaces/data/diabetes.ts";
import linear from "../../search-spaces/linear-regression.ts";
import { unsealedRows } from "../../src/training/data/folds.ts";
import { foldsForSearch, sealedTestSplit } from "../../src/training/index.ts";
import { asTestable } from "../training/as-testable.ts";
import { loneTrial } from "../training/trial-context.ts";
import { ridgeError } from "./ridge.ts";

test.each([
  { type: "sgd", learningRate: 0.05 },
  { type: "momentum", learningRate: 0.01, momentum: 0.8 },
  { type: "adam", learningRate: 0.03 },
] as const)("linear-regression: $type finds the line of the closed form", async (optimizer) => {
  const objective = asTestable(linear.objective);
  const trial = loneTrial({ studySeed: 1 });
  const params = { l2: 0.03, optimizer };
  await objective.evaluate(params, trial);
  const { metrics } = await objective.test(params, trial);
  const dataset = readDiabetes();
  const errors = foldsForSearch(dataset, { seed: 1, folds: 5 }).map(({ train, validation }) =>
    ridgeError(train, validation, 0.03),
  );
  // The best epoch is a little better by luck; the last one is where the training ends up.
  const last = trial.reports.at(-1)?.value ?? Number.NaN;
  expect(last / (errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeCloseTo(1, 2);
  const optimum = ridgeError(unsealedRows(dataset, { seed: 1 }), sealedTestSplit(dataset, { seed: 1 }), 0.03);
  expect(metrics["rmse"]).toBeLessThan(1.02 * optimum);
});
