import { expect, it } from "vitest";
import { expectedImprovement, logExpectedImprovement, upperConfidenceBound } from "./criteria.ts";
import { agrees, golden } from "./golden.ts";

it.each(golden.criteria)("criteria for mean $mean, variance $var, threshold $thresh", (row) => {
  const belief = { mean: row.mean, variance: row.var };
  expect(agrees(expectedImprovement(belief, row.thresh), row.EI)).toBe(true);
  expect(agrees(logExpectedImprovement(belief, row.thresh), row.logEI)).toBe(true);
  expect(agrees(upperConfidenceBound(belief, 1.96), row["UCB_z1.96"])).toBe(true);
});

it("stays finite where the improvement underflows, and is continuous where the formula changes", () => {
  const at = (z: number) => logExpectedImprovement({ mean: z, variance: 1 }, 0);
  expect(at(-1000)).toBeCloseTo(-500014.73, 1);
  for (const border of [-1, -30]) expect(at(border - 1e-9)).toBeCloseTo(at(border + 1e-9), 6);
});
