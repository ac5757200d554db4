import { describe, expect, test } from "vitest";
import digits from "../../search-spaces/digits-cnn.ts";
import { asTestable } from "../training/as-testable.ts";
import { loneTrial } from "../training/trial-context.ts";

const params = {
  filters: 16,
  activation: "relu",
  pooling: "max",
  batchNorm: true,
  dropout: 0.3,
  batchSize: 32,
  optimizer: { type: "adam", learningRate: 5e-3 },
} as const;

describe("digits-cnn", () => {
  test("the smallest net reads 97 of 100 digits, of those that it never saw as well", async () => {
    const trial = loneTrial({ studySeed: 1, seed: 1 });
    const objective = asTestable(digits.objective);
    const result = await objective.evaluate(params, trial);
    expect(typeof result === "number" ? 0 : result.metrics?.["accuracy"]).toBeGreaterThanOrEqual(0.97);
    expect((await objective.test(params, trial)).metrics["accuracy"]).toBeGreaterThanOrEqual(0.97);
  });

  test.each([
    { activation: "leaky-relu", optimizer: { type: "sgd", learningRate: 0.1 } },
    { activation: "tanh", optimizer: { type: "momentum", learningRate: 0.02, momentum: 0.9 } },
  ] as const)("average pooling without batch normalization trains: $activation", async (choices) => {
    const trial = loneTrial({ verdict: (step) => (step === 1 ? "prune" : "continue") });
    const objective = asTestable(digits.objective);
    await objective.evaluate({ ...params, ...choices, pooling: "average", batchNorm: false }, trial);
    const [first, second] = trial.reports.map(({ value }) => value);
    expect(second).toBeLessThan(first ?? Number.NaN);
  });
});
