import { expect, test } from "vitest";
import { compileSpace } from "../../src/space/compile.ts";
import { fingerprint } from "../../src/space/fingerprint.ts";
import { hp } from "../../src/space/hp.ts";
import { checkToldApart } from "../../src/space/told-apart.ts";
import { memoryStore } from "../../src/store/memory.ts";
import { createStudy, openOrCreateStudy, openStudy } from "../../src/study/open.ts";
import { DEFAULT_SETTINGS } from "../../src/study/settings.ts";
import { thrownBy } from "../thrown-by.ts";

test.each([
  ["qnormal mu and sigma of at most 9e15 times q, received [0,1e+300,1]", hp.qnormal(0, 1e300, 1)],
  ["qnormal mu and sigma of at most 9e15 times q", hp.qnormal(-1e16, 1, 1)],
  ["qnormal mu and sigma of at most 9e15 times q", hp.qnormal(0, 1, 1e-320)],
  ["qlognormal mu of which e^mu is at most 9e15 times q, received [800,1,1]", hp.qlognormal(800, 1, 1)],
  ["lognormal mu from -709 to 709 and sigma up to 709, as e^709 is about the largest number", hp.lognormal(1000, 1)],
  ["lognormal mu from -709 to 709 and sigma up to 709", hp.lognormal(-1000, 1)],
  ["lognormal mu from -709 to 709 and sigma up to 709", hp.lognormal(0, 1e300)],
])("a new space is refused with a wrong %s", (expected, node) => {
  const space = { top: hp.choice([{ x: node }, 1]) };
  const error = thrownBy(() => checkToldApart(compileSpace(space)));
  expect(error).toMatchObject({ code: "SPACE_INVALID", path: "top.0.x" });
  expect((error as Error).message).toContain(`top.0.x: expected ${expected}`);
});

test.each([
  hp.qnormal(0, 9e15, 1),
  hp.qnormal(9e15, 1e-20, 1),
  hp.qnormal(1e300, 1e300, 1e290),
  hp.qlognormal(36, 1, 1),
  hp.qlognormal(700, 1e9, 1e300),
  hp.qlognormal(-1e9, 1, 1),
  hp.lognormal(709, 709),
  hp.lognormal(-709, 1e-300),
])("%j is let be", (node) => checkToldApart(compileSpace({ x: node })));

test("a study is not begun with it, and a stored one goes on", async () => {
  const space = { x: hp.qnormal(0, 1e300, 1), y: hp.uniform(0, 1) };
  const store = memoryStore();
  await expect(createStudy({ store, space })).rejects.toMatchObject({ code: "SPACE_INVALID", path: "x" });

  const spec = { name: "study", space, fingerprint: fingerprint(space), where: [], metric: "loss", seed: 0 } as const;
  const sampler = { name: "random", version: 1, options: {} };
  await store.createStudy({ ...spec, direction: "minimize", sampler }, { ...DEFAULT_SETTINGS, maxTrials: 4 });
  const study = await openStudy({ name: "study", store, space });
  await study.optimize(({ y }) => y);
  expect(await study.trials()).toHaveLength(4);
  await store.importStudy(await store.exportStudy("study"), "copy");
  expect(await (await openOrCreateStudy({ name: "copy", store, space, sampler: study.sampler })).trials()).toHaveLength(
    4,
  );
});
