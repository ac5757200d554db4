import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { Progress } from "../../../cli/run/progress.ts";
import { createStudy, hp, openStore, ParzenError, random, type Store } from "../../../src/index.ts";
import { StudyView } from "../../../src/study/view/view.ts";
import { paper } from "./paper.ts";

/** A store that cannot be reached while it is told so, and counts who tries to read it then. */
function withOutage(store: Store): { readonly store: Store; isAway: boolean; tries: number } {
  const outage = { store, isAway: false, tries: 0 };
  const snapshot: Store["snapshot"] = async (...asked) => {
    if (!outage.isAway) return store.snapshot(...asked);
    outage.tries++;
    await sleep(1);
    throw new ParzenError("STORE_UNAVAILABLE", "the store is away");
  };
  outage.store = new Proxy(store, {
    get: (target, key) => {
      const value: unknown = key === "snapshot" ? snapshot : Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return outage;
}

it("a failure has one line; the first of its kind says how the rest of its message is seen", async () => {
  const study = await createStudy({ name: "lines", space: { x: hp.uniform(0, 1) }, maxTrials: 3 });
  const screen = paper();
  const view = new StudyView(await study.refresh());
  const show = (number: number): string => `show ${number}`;
  const progress = new Progress({ study, view, slots: 1, screen, isVerbose: false, resume: "", show });
  progress.start();
  await study.optimize((_, { number }) => {
    throw new Error(number < 2 ? `\nshape ${number}\r\n  expected [1]\n` : "short");
  });
  await progress.end();
  const failures = screen.said.filter((line) => !line.includes(" | "));
  expect(failures.filter((line) => /failed|whole/.test(line)).map((line) => line.replace(/ in \S+:/, ":"))).toEqual([
    "1/3  #0 failed: shape 0 …",
    "the whole message: show 0",
    "2/3  #1 failed: shape 1 …",
    "3/3  #2 failed: short",
  ]);
  await study.close();
});

it("a store that is away is not asked again and again for what there is to show", async () => {
  const outage = withOutage(await openStore("memory:"));
  const study = await createStudy({ name: "shown", store: outage.store, space: { x: hp.uniform(0, 1) }, maxTrials: 4 });
  const screen = paper();
  const view = new StudyView(await study.refresh());
  const progress = new Progress({ study, view, slots: 1, screen, isVerbose: false, resume: "", show: String });
  progress.start();
  await study.optimize(({ x }, { number }) => {
    if (number === 1) {
      outage.isAway = true;
      setTimeout(() => {
        outage.isAway = false;
      }, 500);
    }
    return x;
  });
  await progress.end();
  expect(screen.said.filter((line) => /#[0-3] /.test(line))).toHaveLength(4);
  expect(outage.tries).toBeGreaterThan(0);
  expect(outage.tries).toBeLessThan(20);
});

/** A store in which two trials end at once: the first one's commit is seen only when the second one's is stored as well. */
function endingAtOnce(store: Store, isTold: (number: number) => Promise<void>): Store {
  const stored = new EventEmitter();
  const [first, second] = [once(stored, "0"), once(stored, "1")];
  const commit: Store["commit"] = async (name, number, ...rest) => {
    if (number === 1) await first;
    const committed = await store.commit(name, number, ...rest);
    stored.emit(String(number));
    await (number === 0 ? second : isTold(0));
    return committed;
  };
  const own = (value: unknown): unknown => (typeof value === "function" ? value.bind(store) : value);
  return new Proxy(store, { get: (_, key) => (key === "commit" ? commit : own(Reflect.get(store, key, store))) });
}

it("each line counts one more, also where the store knows already of a trial that is not told yet", async () => {
  const screen = paper();
  const isTold = (number: number): Promise<void> =>
    vi.waitFor(() => expect(screen.said.join("\n")).toContain(`#${number} `), { timeout: 50_000, interval: 1 });
  const store = endingAtOnce(await openStore("memory:"), isTold);
  const space = { x: hp.uniform(0, 1) };
  const study = await createStudy({ name: "two", store, space, sampler: random(), maxTrials: 2 });
  const view = new StudyView(await study.refresh());
  const progress = new Progress({ study, view, slots: 2, screen, isVerbose: false, resume: "", show: String });
  progress.start();
  await study.optimize(async ({ x }) => x, { parallelism: 2 });
  await progress.end();
  expect(screen.said.map((line) => line.split(" ", 3).join(" "))).toEqual(["1/2  #0", "2/2  #1"]);
});
