import { expect, it } from "vitest";
import { createStudy, hp, openStore, openStudy, ParzenError, type Store } from "../../../src/index.ts";
import { StudyView } from "../../../src/study/view/view.ts";

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
  expect([view.ends.length, view.ends]).toEqual([4, fresh.ends]);
  expect([view.history(), view.best, view.progress, view.sequence]).toEqual([
    fresh.history(),
    fresh.best,
    fresh.progress,
    fresh.sequence,
  ]);
});

it.each([0, 1])("a picture that saw %i trials follows a store that lost what was reserved since", async (seen) => {
  const store = await openStore("memory:");
  const study = await createStudy({ name: "back", space, store });
  if (seen > 0) await study.enqueue({ x: 0.25 });
  const earlier = await openStore("memory:");
  await earlier.importStudy(await store.exportStudy("back"));
  const view = new StudyView(await study.refresh());
  await view.refresh(store);
  await study.enqueue({ x: 0.75 });
  expect(view.add(await store.findTrial("back", seen))).toBe(true);
  const there = await openStudy({ name: "back", store: earlier });
  if (seen > 0) await there.ask(); // what is written there has brought it beyond what was seen
  if (seen > 0) await there.report(0, 0, 1);
  await view.refresh(earlier);
  expect(view.trials).toMatchObject(seen > 0 ? [{ number: 0, state: "running" }] : []);
  expect([view.study.nextNumber, view.pendingCount]).toEqual([seen, seen]);
});

it("a picture takes in what ended between two looks in the order in which it ended", async () => {
  const study = await createStudy({ space });
  for (let each = 0; each < 3; each++) await study.ask();
  const view = new StudyView(await study.refresh());
  await view.refresh(study.store);
  await study.tell(2, { failed: "no" });
  await study.tell(1, 1);
  await study.tell(0, 2);
  await view.refresh(study.store);
  expect([view.failuresInARow, view.progress]).toEqual([0, { best: 1, without: 1 }]);
  expect(view.trials).toMatchObject(view.ends.map((committedAt) => ({ committedAt })).toReversed());
  expect(view.ends.length).toBe(3);
});

/** A store whose snapshots are those that `snapshot` gives. */
function readBy(store: Store, snapshot: Store["snapshot"]): Store {
  return new Proxy(store, {
    get: (target, key) => {
      const value: unknown = key === "snapshot" ? snapshot : Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

it("a picture is read anew although the first reading of all failed, whatever was written since", async () => {
  const later = await openStore("memory:");
  const study = await createStudy({ name: "back", space, store: later, maxTrials: 4 });
  const archive = await later.exportStudy("back");
  await study.optimize(({ x }) => x);
  const earlier = await openStore("memory:");
  await earlier.importStudy(archive);
  let [store, epoch, isAway] = [later, 1, false];
  const server = readBy(later, async (name, since) => {
    if (isAway && since === 0) throw new ParzenError("STORE_UNAVAILABLE", "the store is away");
    return { ...(await store.snapshot(name, since)), epoch };
  });
  const view = new StudyView(await study.refresh());
  await view.refresh(server);
  [store, epoch, isAway] = [earlier, 2, true];
  await expect(view.refresh(server)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  isAway = false;
  const there = await openStudy({ name: "back", store: earlier });
  await there.ask();
  for (let step = 0; (await there.refresh()).sequence <= view.sequence; step++) await there.report(0, step, 1);
  await view.refresh(server);
  const fresh = new StudyView(await there.refresh());
  await fresh.refresh(earlier);
  expect([view.trials, view.best, view.sequence]).toEqual([fresh.trials, null, fresh.sequence]);
});

it("what a look at the store does not show yet is waited for, and others run meanwhile", async () => {
  const store = await openStore("memory:");
  const first = await createStudy({ name: "behind", space, store });
  const old = await store.snapshot("behind", 0);
  await first.ask();
  let looks = 0;
  let isBehind = true;
  const replica = readBy(store, async (name, since) => {
    if (looks++ === 0) setTimeout(() => (isBehind = false), 1);
    if (looks > 1000) throw new Error("nobody else had a turn");
    return isBehind ? old : store.snapshot(name, since);
  });
  const second = await openStudy({ name: "behind", store: replica });
  expect((await second.ask())?.number).toBe(1);
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
