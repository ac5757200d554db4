import { expect, test } from "vitest";
import tabular from "../../search-spaces/tabular.ts";
import wine from "../../search-spaces/wine.ts";
import { asTestable } from "../training/as-testable.ts";
import { loneTrial } from "../training/trial-context.ts";

const params = { standardize: true, layers: 1, units: 16, dropout: 0.2, l2: 1e-3, learningRate: 1e-2 } as const;

test("tabular: five folds tell tumours apart, scaled better than raw", async () => {
  const objective = asTestable(tabular.objective);
  const trial = loneTrial({ studySeed: 1, verdict: (step) => (step === 3 ? "prune" : "continue") });
  const result = await objective.evaluate(params, trial);
  expect(result).toMatchObject({ metrics: { fold5: expect.any(Number), auc: expect.any(Number) } });
  expect(typeof result === "number" ? 0 : result.metrics?.["accuracy"]).toBeGreaterThanOrEqual(0.95);
  const raw = loneTrial({ studySeed: 1, verdict: (step) => (step === 1 ? "prune" : "continue") });
  await objective.evaluate({ ...params, standardize: false }, raw);
  expect(raw.reports[1]?.value).toBeGreaterThan(2 * (trial.reports[1]?.value ?? Number.NaN));
});

test("wine: the same space tells cultivars apart, by five folds and one more fit", async () => {
  const objective = asTestable(wine.objective);
  const trial = loneTrial({ studySeed: 1 });
  await objective.evaluate(params, trial);
  expect((await objective.test(params, trial)).metrics["accuracy"]).toBeGreaterThanOrEqual(0.94);
});
