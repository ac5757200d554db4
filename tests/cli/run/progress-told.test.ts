import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { Progress, type ProgressOptions } from "../../../cli/run/progress.ts";
import type { Executor } from "../../../src/executor/executor.ts";
import {
  createStudy,
  hp,
  openStore,
  ParzenError,
  random,
  type Store,
  type Study,
  type TrialContext,
} from "../../../src/index.ts";
import { thisHolder } from "../../../src/study/attempt/holder.ts";
import { StudyView } from "../../../src/study/view/view.ts";
import { paper } from "./paper.ts";

const space = { x: hp.uniform(0, 1) };

afterEach(() => void vi.useRealTimers());

async function begin(study: Study<unknown>, options: Partial<ProgressOptions> & Pick<ProgressOptions, "screen">) {
  onTestFinished(() => study.close());
  const view = new StudyView(await study.refresh());
  return new Progress({ study, view, slots: 1, isVerbose: false, resume: "", show: String, ...options });
}

/** What evaluates as it is told. */
function executor(evaluate: Executor["evaluate"]): Executor {
  return { slots: 1, evaluate, close: async () => undefined };
}

/** A store that cannot be reached when it is to be read next. */
function failNext(store: Store): void {
  const { snapshot } = store;
  store.snapshot = async () => {
    store.snapshot = snapshot;
    throw new ParzenError("STORE_UNAVAILABLE", "the store is away");
  };
}

/** Another worker begins trial 0 and is gone. */
async function loseFirst({ store, name }: Study<unknown>): Promise<void> {
  const holder = { ...thisHolder(0), host: "node-1" };
  await store.claim(name, 0, { holder, leaseMs: 60_000, version: null });
  await store.commit(name, 0, { attempt: 1 }, { outcome: { kind: "lost", message: "lost with node-1" }, log: "" });
}

describe("a run tells", () => {
  it("why its machine could not run a trial, each time", async () => {
    const study = await createStudy({ space, maxTrials: 4 });
    const screen = paper();
    const progress = await begin(study, { screen });
    progress.start();
    const broken = executor(async () => ({ outcome: { kind: "lost", machine: true, message: "no GPU" }, log: "" }));
    await expect(study.drive(broken)).rejects.toMatchObject({ code: "MACHINE_FAULT" });
    await progress.end();
    const line = "0/4  #0 is queued again: this machine could not run it: no GPU";
    expect(screen.said.slice(1)).toEqual([line, line, line]);
  });

  it("what it hands back when it is halted, and how many had ended by then", async () => {
    const study = await createStudy({ space, maxTrials: 9 });
    const screen = paper();
    const progress = await begin(study, { screen });
    progress.start();
    const halt = new AbortController();
    const reason = await study.optimize(
      async ({ x }, { number, signal }) => {
        if (number < 2) return x;
        const asked = new Promise((resolve) => signal.addEventListener("abort", resolve));
        halt.abort();
        await asked;
        return x;
      },
      { signal: halt.signal },
    );
    await progress.end();
    expect(reason).toBe("interrupted");
    expect(screen.said.at(-1)).toBe("2/9  #2 is queued again");
    expect(screen.said.filter((line) => line.includes("#2"))).toHaveLength(1);
  });

  it("how its last trial ended, also where the store was away just then", async () => {
    const store = await openStore("memory:");
    const study = await createStudy({ store, space, sampler: random(), maxTrials: 2 });
    const screen = paper();
    const progress = await begin(study, { screen });
    study.on("settled", ({ trial }) => {
      if (trial.number === 1) failNext(store);
    });
    progress.start();
    await study.optimize(({ x }) => x);
    await progress.end();
    expect(screen.said.map((line) => line.split(" ", 3).join(" "))).toEqual(["1/2  #0", "2/2  #1"]);
    await store.close();
  });

  it("what its trials print, to the last piece, where that is wanted", async () => {
    const printing = executor(async (_, watch) => {
      watch.print("epoch 1\nepo");
      return { outcome: { kind: "complete", losses: [1] }, log: "" };
    });
    const told = async (isVerbose: boolean): Promise<readonly string[]> => {
      const study = await createStudy({ space, maxTrials: 1 });
      const screen = paper();
      const progress = await begin(study, { screen, isVerbose });
      progress.start();
      await study.drive(printing);
      progress.printed(7, "unended");
      await progress.end();
      return screen.said.filter((line) => line.includes(" | "));
    };
    expect(await told(true)).toEqual(["#0 | epoch 1", "#0 | epo", "#7 | unended"]);
    expect(await told(false)).toEqual([]);
  });

  it("that a trial was taken over by another worker, as soon as its next attempt begins", async () => {
    const study = await createStudy({ space, maxTrials: 1 });
    const screen = paper();
    const progress = await begin(study, { screen });
    await study.enqueue({ x: 0.5 });
    progress.start();
    await loseFirst(study);
    await study.optimize(async ({ x }) => {
      await vi.waitFor(() => expect(screen.said).toHaveLength(1), { timeout: 50_000, interval: 1 });
      return x;
    });
    await progress.end();
    expect(screen.said[0]).toMatch(/^0\/1 {2}#0 is queued again: lost with node-1, and runs on \S+ as attempt 2$/);
  });

  it("that a trial was taken over before it tells how that trial ended, and counts that one only then", async () => {
    const store = await openStore("memory:");
    const study = await createStudy({ store, space, maxTrials: 1 });
    const screen = paper();
    const progress = await begin(study, { screen });
    await study.enqueue({ x: 0.5 });
    study.on("started", () => failNext(store)); // so that both are told at once
    progress.start();
    await loseFirst(study);
    await study.optimize(({ x }) => x);
    await progress.end();
    expect(screen.said).toEqual([
      "0/1  #0 is queued again: lost with node-1",
      expect.stringMatching(/^1\/1 {2}#0 0\.5 in .*, best so far$/),
    ]);
    await store.close();
  });
});

describe("on a terminal a line", () => {
  const drawn = (screen: ReturnType<typeof paper>, what: RegExp): Promise<void> =>
    vi.waitFor(() => expect(screen.drawn.at(-1)).toMatch(what), { timeout: 50_000, interval: 1 });

  it("shows how far the study is as soon as it begins, then from time to time, until the end takes it away", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const study = await createStudy({ space, maxTrials: 3 });
    const screen = paper({ isLive: true });
    const progress = await begin(study, { screen });
    progress.start();
    for (let turn = 0; turn < 20; turn++) await setImmediate(); // no timer has come by then
    expect(screen.drawn).toEqual(["0/3"]);
    await study.enqueue({ x: 0.5 });
    await study.ask();
    progress.note = "ending";
    await vi.waitFor(
      () => {
        vi.advanceTimersByTime(500);
        expect(screen.drawn.at(-1)).toBe("0/3 · 1 running · ending");
      },
      { timeout: 50_000, interval: 10 },
    );
    await progress.end();
    expect([screen.isClear, vi.getTimerCount()]).toEqual([true, 0]);
  });

  it("is nothing to one that cannot draw it: nobody reads the store for it", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const progress = await begin(await createStudy({ space, maxTrials: 3 }), { screen: paper() });
    progress.start();
    expect(vi.getTimerCount()).toBe(0);
    await progress.end();
  });

  it("is not drawn for each trial: counting thousands of them takes its time", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const study = await createStudy({ space, sampler: random(), maxTrials: 20 });
    const screen = paper({ isLive: true });
    const progress = await begin(study, { screen });
    progress.start();
    await study.optimize(({ x }) => x);
    await progress.end();
    expect(screen.drawn).toHaveLength(1);
  });

  it("of a run whose trials run elsewhere knows by its driver how many run at once", async () => {
    const study = await createStudy({ space, maxTrials: 9 });
    const screen = paper({ isLive: true });
    const progress = await begin(study, { screen, slots: 0 });
    const { store, name } = study;
    await store.lead(name, thisHolder(0), { leaseMs: 60_000, slots: 2 });
    const enough = new AbortController();
    const objective = async ({ x }: { readonly x: number }, { number }: TrialContext): Promise<number> => {
      await sleep(20);
      if (number === 5) enough.abort();
      return x;
    };
    await study.optimize(objective, { signal: enough.signal });
    await store.lead(name, thisHolder(0), { leaseMs: 60_000, slots: 2 });
    progress.start();
    await drawn(screen, / · ETA /);
    await progress.end();
  });
});
