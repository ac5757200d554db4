import { expect, test } from "vitest";
import type { Pruner } from "../../src/pruners/pruner.ts";
import { random } from "../../src/samplers/random.ts";
import { hp } from "../../src/space/hp.ts";
import { memoryStore } from "../../src/store/memory.ts";
import { createStudy } from "../../src/study/open.ts";
import { StoredStudy } from "../../src/study/stored-study.ts";

const own: Pruner = { name: "own", options: {}, judge: () => "continue" };

test("a study is read, paused and cancelled without its own sampler and pruner", async () => {
  const store = memoryStore();
  const sampler = { ...random(), name: "own" };
  const space = { x: hp.uniform(0, 1) };
  const study = await createStudy({ name: "s", space, store, sampler, pruner: own, maxTrials: 3 });
  const before = { record: await study.refresh(), space: study.space, store };
  await study.optimize(({ x }) => x);
  const stored = new StoredStudy(before);
  expect(await stored.trials()).toHaveLength(3);
  expect(await stored.trials()).toEqual(await study.trials());
  expect(await stored.best()).toEqual(await study.best());
  expect((await stored.pause()).control).toBe("paused");
  await stored.cancel();
  expect((await stored.refresh()).control).toBe("cancelled");
});

test("which params matter is the same of a study that maximizes, and of one that is only read", async () => {
  const space = { x: hp.uniform(0, 1), y: hp.uniform(0, 1) };
  const importances = await Promise.all(
    (["minimize", "maximize"] as const).map(async (direction) => {
      const where = ({ x, y }: { x: number; y: number }): boolean => x + y < 1.5;
      const study = await createStudy({
        space,
        direction,
        where,
        sampler: random(),
        maxTrials: 30,
        store: memoryStore(),
      });
      await study.optimize(({ x, y }) => (direction === "maximize" ? -1 : 1) * (4 * x + y));
      const read = new StoredStudy({ store: study.store, record: await study.refresh(), space: study.space });
      expect((await read.importance())?.params.map(({ path }) => path)).toEqual(["x", "y"]); // without the function
      return study.importance();
    }),
  );
  expect(importances[0]).toEqual(importances[1]);
  expect(importances[0]?.params[0]?.importance).toBeGreaterThan(0.8);
});
