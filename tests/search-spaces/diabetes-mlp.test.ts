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

test("diabetes-mlp: one good trial is far below the 77 points of predicting the mean", async () => {
  const trial = loneTrial({ studySeed: 1 });
  const objective = asTestable(diabetes.objective);
  const result = await objective.evaluate(params, trial);
  const loss = typeof result === "number" ? result : result.loss;
  expect(loss).toBeGreaterThan(40);
  expect(loss).toBeLessThan(62);
  expect((await objective.test(params, trial)).metrics["rmse"]).toBeLessThan(62);
});
