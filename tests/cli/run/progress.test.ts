import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";
import { Progress } from "../../../cli/run/progress.ts";
import type { Screen } from "../../../cli/run/screen.ts";
import { createStudy, hp, openStore, ParzenError, type Store } from "../../../src/index.ts";
import { StudyView } from "../../../src/study/view/view.ts";

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

/** A screen for lines, and what is said on it. */
function paper(): Screen & { readonly said: string[] } {
  const said: string[] = [];
  return { said, isLive: false, draw: () => undefined, say: (text) => said.push(text), clear: () => undefined };
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
  const failures = screen.said.map((line) => stripVTControlCharacters(line)).filter((line) => !line.includes(" | "));
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
