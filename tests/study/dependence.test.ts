import { expect, it } from "vitest";
import { createStudy, hp, random } from "../../src/index.ts";

it("expects losses in the study's own direction, and leaves out what a relation forbids", async () => {
  const space = { x: hp.uniform(0, 1), y: hp.uniform(0, 1) };
  const where = ({ x, y }: { readonly x: number; readonly y: number }): boolean => x < y;
  const goal = { direction: "maximize", seed: 1 } as const;
  const study = await createStudy({ name: "d", space, where, sampler: random(), maxTrials: 40, ...goal });
  expect(await study.dependence()).toBe(null);
  await study.optimize(({ x, y }) => 10 * x + y);
  const dependence = await study.dependence();
  expect(dependence?.explained).toBeGreaterThan(0.9);
  expect(dependence?.expected({ x: 0.3, y: 0.8 })).toBeCloseTo(3.8, 0);
  expect(dependence?.expected({ x: 0.8, y: 0.3 })).toBe(null);
});
