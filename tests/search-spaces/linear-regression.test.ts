import { expect, test } from "vitest";
import { readDiabetes } from "../../search-spaces/data/diabetes.ts";
import linear from "../../search-spaces/linear-regression.ts";
import { unsealedRows } from "../../src/training/data/folds.ts";
import { foldsForSearch, sealedTestSplit } from "../../src/training/index.ts";
import { asTestable } from "../training/as-testable.ts";
import { type LoneTrial, loneTrial } from "../training/trial-context.ts";
import { ridgeError } from "./ridge.ts";

const L2 = 0.03;
const dataset = readDiabetes();
const errors = foldsForSearch(dataset, { seed: 1, folds: 5 }).map(({ train, validation }) =>
  ridgeError(train, validation, L2),
);
const closedForm = errors.reduce((sum, error) => sum + error, 0) / errors.length;

/** The best epoch is a little better by luck; the last one is where the training ends up. */
const lastOf = ({ reports }: LoneTrial): number => reports.at(-1)?.value ?? Number.NaN;

test.each([
  { type: "sgd", learningRate: 0.05 },
  { type: "momentum", learningRate: 0.01, momentum: 0.8 },
] as const)("linear-regression: $type is at the line of the closed form after 24 epochs", async (optimizer) => {
  const trial = loneTrial({ studySeed: 1, verdict: (step) => (step === 23 ? "prune" : "continue") });
  await asTestable(linear.objective).evaluate({ l2: L2, optimizer }, trial);
  expect(lastOf(trial) / closedForm).toBeCloseTo(1, 2);
});

test("linear-regression: adam ends at the line of the closed form, on the test split too", async () => {
  const objective = asTestable(linear.objective);
  const trial = loneTrial({ studySeed: 1 });
  const params = { l2: L2, optimizer: { type: "adam", learningRate: 0.03 } } as const;
  await objective.evaluate(params, trial);
  expect(lastOf(trial) / closedForm).toBeCloseTo(1, 2);
  const { metrics } = await objective.test(params, trial);
  const optimum = ridgeError(unsealedRows(dataset, { seed: 1 }), sealedTestSplit(dataset, { seed: 1 }), L2);
  expect(metrics["rmse"]).toBeLessThan(1.02 * optimum);
});
