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
