import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { Progress, type ProgressOptions } from "../../../cli/run/progress.ts";
import type { Executor } from "../../../src/executor/executor.ts";
import { createStudy, hp, random, type Study } from "../../../src/index.ts";
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
    const { store, name } = study;
    await study.enqueue({ x: 0.5 });
    progress.start();
    const holder = { ...thisHolder(0), host: "node-1" };
    await store.claim(name, 0, { holder, leaseMs: 60_000, version: null });
    await store.commit(name, 0, { attempt: 1 }, { outcome: { kind: "lost", message: "lost with node-1" }, log: "" });
    const waiting = study.optimize(async ({ x }) => {
      await vi.waitFor(() => expect(screen.said).toHaveLength(1), { timeout: 50_000, interval: 1 });
      return x;
    });
    await waiting;
    await progress.end();
    expect(screen.said[0]).toMatch(/^0\/1 {2}#0 is queued again: lost with node-1, and runs on \S+ as attempt 2$/);
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
    await drawn(screen, /^0\/3$/);
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
    await study.optimize(({ x }) => new Promise((resolve) => setTimeout(() => resolve(x), 20)), {
      signal: AbortSignal.timeout(200),
    });
    await store.lead(name, thisHolder(0), { leaseMs: 60_000, slots: 2 });
    progress.start();
    await drawn(screen, / · ETA /);
    await progress.end();
  });
});
