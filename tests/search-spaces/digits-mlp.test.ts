import { describe, expect, test } from "vitest";
import digits from "../../search-spaces/digits-mlp.ts";
import { asTestable } from "../training/as-testable.ts";
import { loneTrial } from "../training/trial-context.ts";

const params = {
  layers: 2,
  units: 128,
  activation: "leaky-relu",
  dropout: 0.3,
  batchSize: 32,
  optimizer: { type: "adam", learningRate: 2e-3 },
} as const;

describe("digits-mlp", () => {
  test("eight epochs of good params read 95 of 100 digits that they never saw", async () => {
    const trial = loneTrial({ studySeed: 1, verdict: (step) => (step === 7 ? "prune" : "continue") });
    const result = await asTestable(digits.objective).evaluate(params, trial);
    expect(trial.reports).toHaveLength(8);
    expect(typeof result === "number" ? 0 : result.metrics?.["accuracy"]).toBeGreaterThanOrEqual(0.95);
  });

  test.each([
    ["relu", { type: "sgd", learningRate: 0.2 }],
    ["elu", { type: "momentum", learningRate: 0.05, momentum: 0.9 }],
    ["tanh", { type: "sgd", learningRate: 0.2 }],
    ["sigmoid", { type: "momentum", learningRate: 0.05, momentum: 0.9 }],
  ] as const)("every activation and optimizer trains: %s, %o", async (activation, optimizer) => {
    const trial = loneTrial({ verdict: (step) => (step === 1 ? "prune" : "continue") });
    const objective = asTestable(digits.objective);
    await objective.evaluate({ ...params, layers: 1, units: 64, activation, optimizer }, trial);
    const [first, second] = trial.reports.map(({ value }) => value);
    expect(second).toBeLessThan(first ?? Number.NaN);
  });
});
