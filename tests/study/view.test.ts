import { expect, it } from "vitest";
import { createStudy, hp, openStore } from "../../src/index.ts";
import { StudyView } from "../../src/study/view.ts";

const space = { x: hp.uniform(0, 1) };

it("a picture follows a store that went back to an earlier state, and keeps nothing of the later one", async () => {
  const store = await openStore("memory:");
  const study = await createStudy({ name: "back", space, store, maxTrials: 4 });
  await study.optimize(({ x }) => x);
  const earlier = await openStore("memory:");
  const record = await earlier.importStudy(await store.exportStudy("back"));
  await study.configure({ maxTrials: 12 });
  await study.optimize(({ x }) => -x);
  const view = new StudyView(record);
  await view.refresh(store);
  expect([view.trials.length, view.best?.losses[0]]).toEqual([12, expect.toSatisfy((loss) => loss < 0)]);
  await view.refresh(earlier);
  const fresh = new StudyView(record);
  await fresh.refresh(earlier);
  expect(view.trials).toEqual(fresh.trials);
  expect([view.history(), view.best, view.progress, view.sequence]).toEqual([
    fresh.history(),
    fresh.best,
    fresh.progress,
    fresh.sequence,
  ]);
});

it("a picture is read anew after an epoch of the store has ended, whatever its sequence is", async () => {
  const store = await openStore("memory:");
  const study = await createStudy({ name: "epochs", space, store, maxTrials: 3 });
  await study.optimize(({ x }) => x);
  let epoch = 1;
  const asked: number[] = [];
  const moody = {
    ...store,
    snapshot: async (name: string, since: number) => {
      asked.push(since);
      return { ...(await store.snapshot(name, since)), epoch };
    },
  };
  const view = new StudyView(await study.refresh());
  for (epoch of [1, 1, 2, 2]) await view.refresh(moody as typeof store);
  const all = view.sequence;
  expect(asked).toEqual([0, all, all, 0, all]);
  expect(view.trials.length).toBe(3);
});
