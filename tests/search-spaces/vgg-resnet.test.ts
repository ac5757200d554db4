import { expect, test } from "vitest";
import sweep from "../../search-spaces/vgg-resnet.ts";
import { asTestable } from "../training/as-testable.ts";
import { loneTrial } from "../training/trial-context.ts";

test.each([
  { type: "vgg", blocks: 1, pooling: "max" },
  { type: "residual", blocks: 1 },
] as const)("vgg-resnet: two epochs of $type blocks read four of five digits", async (block) => {
  const trial = loneTrial({ studySeed: 1, verdict: (step) => (step === 1 ? "prune" : "continue") });
  const params = { block, filters: 12, dropout: 0, learningRate: 3e-3 } as const;
  const result = await asTestable(sweep.objective).evaluate(params, trial);
  expect(trial.reports).toHaveLength(2);
  expect(typeof result === "number" ? 0 : result.metrics?.["accuracy"]).toBeGreaterThanOrEqual(0.8);
});
