import { describe, expect, it, vi } from "vitest";
import type { Fleet } from "../../src/executor/fleet.ts";
import { inProcess } from "../../src/executor/in-process.ts";
import { createStudy, hp, openStore, openStudy, threshold } from "../../src/index.ts";
import { compileSpace } from "../../src/space/compile.ts";
import type { Store } from "../../src/store/store.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import type { ObjectiveFunction } from "../../src/trial/context.ts";
import type { Outcome } from "../../src/trial/outcome.ts";
import type { Verdict } from "../../src/trial/report.ts";
import { LocalFleet } from "./local-fleet.ts";

const space = { x: hp.uniform(0, 1) };
type Params = { readonly x: number };

/** A driver's own picture of the study, beside that of a fleet that serves the same store. */
async function begin({ slots, maxTrials }: { readonly slots: number; readonly maxTrials: number }) {
  const store = await openStore("memory:");
  const study = await createStudy({ name: "fleet", space, store, maxTrials, seed: 3 });
  return { store, study, fleet: fleetOf(store, slots) };
}

function fleetOf(store: Store, slots: number, objective: ObjectiveFunction<Params> = ({ x }) => x): LocalFleet {
  const executor = inProcess({
    objective: objective as never,
    space: compileSpace(space),
    slots,
    trialTimeoutMs: null,
  });
  return new LocalFleet(store, executor);
}

const assignments = (trials: readonly { readonly params: unknown }[]) => trials.map(({ params }) => params);

describe("a study that a fleet runs", () => {
  it("ends after its trials, never with more pending than the fleet has slots", async () => {
    const { study, fleet } = await begin({ slots: 4, maxTrials: 60 });
    expect(await study.drive(fleet)).toBe("maxTrials");
    const trials = await study.trials();
    expect(trials.map(({ state }) => state)).toEqual(Array(60).fill("complete"));
    expect(fleet.most).toBeLessThanOrEqual(4);
    expect(fleet.starts.length).toBe(60);
  });

  it("replays every trial from its basis and the trials before it", async () => {
    const { store, study, fleet } = await begin({ slots: 8, maxTrials: 60 });
    await study.drive(fleet);
    const { trials } = await store.snapshot("fleet", 0);
    for (const trial of trials) expect(await study.replay(trial.number)).toEqual(trial.assignment);
    expect(trials.length).toBe(60);
  });

  it("has no driver any more where the store cannot be watched", async () => {
    const { store, study, fleet } = await begin({ slots: 1, maxTrials: 2 });
    Object.assign(store, { watch: () => Promise.reject(new Error("no channel")) });
    await expect(study.drive(fleet)).rejects.toThrow("no channel");
    expect((await store.findStudy("fleet"))?.driver).toBeNull();
  });

  it("with parallelism 1 proposes what one local slot proposes", async () => {
    const { study, fleet } = await begin({ slots: 4, maxTrials: 40 });
    await study.drive(fleet, { parallelism: 1 });
    expect(fleet.most).toBe(1);
    const local = await createStudy({ name: "local", space, maxTrials: 40, seed: 3 });
    await local.optimize(({ x }) => x);
    expect(assignments(await study.trials())).toEqual(assignments(await local.trials()));
  });

  it("tells of each trial as it starts and ends, and of the best so far", async () => {
    const { study, fleet } = await begin({ slots: 2, maxTrials: 12 });
    const told: string[] = [];
    study.on("settled", ({ trial, isBest }) => told.push(`${trial.number} ${trial.state} ${isBest}`));
    await study.drive(fleet);
    expect(told.length).toBe(12);
    const best = await study.best();
    expect(told).toContain(`${best?.number} complete true`);
  });

  it.each<[string, Outcome, Verdict]>([
    ["complete", { kind: "complete", losses: [1] }, "continue"],
    ["pruned", { kind: "pruned", step: 5 }, "prune"],
    ["cancelled", { kind: "cancelled" }, "cancel"],
  ])("tells of a trial that came back, was claimed again and is %s before it looked", async (state, last, verdict) => {
    const { store, study } = await begin({ slots: 1, maxTrials: 1 });
    const told: string[] = [];
    study.on("started", ({ attempt }) => told.push(`started ${attempt}`));
    study.on("reported", ({ step, verdict }) => told.push(`step ${step}: ${verdict}`));
    study.on("settled", ({ trial }) => told.push(`${trial.state} ${trial.attempt}`));
    const claim = () => store.claim("fleet", 0, { holder: thisHolder(0), leaseMs: 60_000, version: null });
    const end = (attempt: number, outcome: Outcome) => store.commit("fleet", 0, { attempt }, { outcome, log: "" });
    const evaluated = async (): Promise<void> => {
      await claim();
      await vi.waitFor(() => expect(told).toEqual(["started 1"]), 10_000);
      // Nobody looks in between: a store in memory takes all of it at once.
      const lost = { kind: "lost" } as const;
      const report = () => store.report("fleet", 0, { attempt: 3 }, [{ step: 5, value: 2 }]);
      const ended = () => end(3, last);
      await Promise.all([end(1, lost), claim(), end(2, lost), claim(), report(), ended()]);
    };
    let delivered: Promise<void> | undefined;
    const fleet: Fleet = {
      slots: async () => 1,
      deliver: async () => {
        delivered ??= evaluated();
      },
      close: async () => {},
    };
    expect(await study.drive(fleet)).toBe("maxTrials");
    await delivered;
    expect(told).toEqual(["started 1", "queued 2", "started 3", `step 5: ${verdict}`, `${state} 3`]);
  });

  it("judges the newest report of a trial that ran before it, and tells of no earlier one", async () => {
    const store = await openStore("memory:");
    const study = await createStudy({ name: "fleet", space, store, maxTrials: 2, pruner: threshold({ upper: 1 }) });
    for (const [number, values] of [
      [0.5, 2],
      [2, 0.5],
    ].entries()) {
      await study.enqueue({ x: number / 2 });
      await store.claim("fleet", number, { holder: thisHolder(0), leaseMs: 60_000, version: null });
      const reports = values.map((value, step) => ({ step, value }));
      await store.report("fleet", number, { attempt: 1 }, reports);
    }
    const drain = new AbortController();
    const told: string[] = [];
    study.on("reported", ({ number, step, verdict }) => {
      told.push(`${number} step ${step}: ${verdict}`);
      if (number === 1) drain.abort();
    });
    const fleet: Fleet = { slots: async () => 1, deliver: async () => {}, close: async () => {} };
    expect(await study.drive(fleet, { drain: drain.signal })).toBe("interrupted");
    expect(told).toEqual(["0 step 1: prune", "1 step 1: continue"]);
    const verdicts = (await store.snapshot("fleet", 0)).trials.map((trial) => "verdict" in trial && trial.verdict);
    expect(verdicts).toEqual(["prune", "continue"]);
  });

  it("judges what an attempt reports that began anew, and not again what a checkpoint kept", async () => {
    const store = await openStore("memory:");
    const pruner = threshold({ upper: 1 });
    const study = await createStudy({ name: "fleet", space, store, maxTrials: 1, errorRetries: 2, pruner });
    const told: string[] = [];
    study.on("started", ({ attempt }) => told.push(`started ${attempt}`));
    study.on("reported", ({ step, value, verdict }) => told.push(`step ${step}: ${value}, ${verdict}`));
    const hears = (text: string) => vi.waitFor(() => expect(told.at(-1)).toBe(text), 10_000);
    const fleet = fleetOf(store, 1, async (_params, { attempt, report, checkpoint }) => {
      for (const step of [[0, 1, 2, 3], [4]][attempt - 1] ?? []) await report(step, 0);
      if (attempt === 1) await checkpoint.save(3, new Uint8Array(1));
      await hears(["step 3: 0, continue", "step 4: 0, continue", "started 3"][attempt - 1] ?? "");
      if (attempt < 3) throw new Error("again");
      await checkpoint.save(0, new Uint8Array(1));
      await report(1, 5);
      await hears("step 1: 5, prune");
      return 0;
    });
    await study.drive(fleet);
    const steps = [0, 1, 2, 3].map((step) => `step ${step}: 0, continue`);
    const later = ["started 2", "step 4: 0, continue", "started 3", "step 1: 5, prune"];
    expect(told).toEqual(["started 1", ...steps, ...later]);
    expect((await study.trials()).map(({ state }) => state)).toEqual(["pruned"]);
  });

  it("waits for slots, and follows them as workers come and go", async () => {
    const { study, fleet } = await begin({ slots: 4, maxTrials: 20 });
    fleet.serving = 0;
    const waits = new Promise<string>((resolve) => study.on("waiting", ({ reason }) => resolve(reason)));
    const driven = study.drive(fleet);
    expect(await waits).toContain("no worker serves");
    expect((await study.trials()).length).toBe(0);
    fleet.serving = 3;
    expect(await driven).toBe("maxTrials");
    expect(fleet.most).toBeLessThanOrEqual(3);
  });

  it("tells how many slots it has from its first trial on, however few signs of life it gives", async () => {
    const { store, study, fleet } = await begin({ slots: 4, maxTrials: 20 });
    fleet.serving = 0;
    const waits = new Promise((resolve) => study.on("waiting", resolve));
    const driven = study.drive(fleet);
    await waits;
    const told = async () => (await store.findStudy("fleet"))?.driver?.slots;
    expect(await told()).toBe(0);
    const started = new Promise((resolve) => study.on("started", async () => resolve(await told())));
    fleet.serving = 3;
    expect(await started).toBe(3);
    await driven;
  });

  it("delivers again what got lost on its way", async () => {
    const { study, fleet } = await begin({ slots: 2, maxTrials: 6 });
    fleet.isDeaf = true;
    const driven = study.drive(fleet, { leaseMs: 300 });
    while ((await study.trials()).length < 2) await new Promise(setImmediate);
    fleet.isDeaf = false;
    expect(await driven).toBe("maxTrials");
    expect((await study.trials()).every(({ state }) => state === "complete")).toBe(true);
  });

  it("shares its budget among several drivers, and repeats no configuration", async () => {
    const { store, study, fleet } = await begin({ slots: 4, maxTrials: 80 });
    const other = await openStudy({ name: "fleet", store });
    const otherFleet = fleetOf(store, 4);
    await Promise.all([study.drive(fleet), other.drive(otherFleet, { join: true })]);
    const trials = await study.trials();
    expect(trials.map(({ number }) => number)).toEqual(Array.from({ length: 80 }, (_, number) => number));
    expect(new Set(trials.map(({ params }) => JSON.stringify(params))).size).toBe(80);
  });

  it("proposes nothing while another process holds the driver's seat", async () => {
    const { store, study, fleet } = await begin({ slots: 1, maxTrials: 50 });
    study.on("settled", ({ trial }) => {
      if (trial.number !== 5) return;
      const other = { ...thisHolder(0), host: "another" };
      void store.lead("fleet", other, { leaseMs: 60_000, slots: 1, takeFrom: thisHolder(0) });
    });
    await expect(study.drive(fleet)).rejects.toMatchObject({ code: "STUDY_LIVE" });
    await fleet.close();
    expect((await study.trials()).length).toBeLessThan(50);
  });

  it("says in plain words that the queue takes no trials, and what the queue said", async () => {
    const { study, fleet } = await begin({ slots: 1, maxTrials: 1 });
    const waits = new Promise<string>((resolve) => study.on("waiting", ({ reason }) => resolve(reason)));
    let calls = 0;
    const away: Fleet["deliver"] = async (record, trials) => {
      if (calls++ === 0) throw new Error("Connection is closed.");
      await fleet.deliver(record, trials);
    };
    await study.drive({ slots: () => fleet.slots(), deliver: away, close: () => fleet.close() }, { leaseMs: 300 });
    expect(await waits).toBe(
      "the queue in memory: takes no trials now (Connection is closed.): see that its server runs and has room; " +
        "they stay queued, and are delivered when it takes them",
    );
  });

  it("ends on a drain without waiting for workers, which go on", async () => {
    const { store, study } = await begin({ slots: 1, maxTrials: 5 });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const fleet = fleetOf(store, 1, async ({ x }) => held.then(() => x));
    const drain = new AbortController();
    study.on("started", () => drain.abort());
    expect(await study.drive(fleet, { drain: drain.signal })).toBe("interrupted");
    expect((await study.trials()).map(({ state }) => state)).toEqual(["running"]);
    release();
    await fleet.close();
    expect((await study.trials()).map(({ state }) => state)).toEqual(["complete"]);
  });

  it("is cancelled from elsewhere: running trials are told so, and end as cancelled", async () => {
    const { store, study } = await begin({ slots: 2, maxTrials: 5 });
    const fleet = fleetOf(store, 2, async (_params, trial) => {
      for (let step = 0; (await trial.report(step, 1)) !== "cancel"; step++) await new Promise(setImmediate);
      return 1;
    });
    let started = 0;
    study.on("started", () => ++started === 2 && void study.cancel());
    expect(await study.drive(fleet)).toBe("cancelled");
    expect((await study.trials()).map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
  });

  it("is cancelled where no driver is left: what runs is told so all the same", async () => {
    const { store, study } = await begin({ slots: 1, maxTrials: 5 });
    const fleet = fleetOf(store, 1, async (_params, trial) => {
      for (let step = 0; (await trial.report(step, 1)) !== "cancel"; step++) await new Promise(setImmediate);
      return 1;
    });
    const drain = new AbortController();
    study.on("started", () => drain.abort());
    expect(await study.drive(fleet, { drain: drain.signal })).toBe("interrupted");
    await study.cancel();
    await fleet.close();
    expect((await study.trials()).map(({ state }) => state)).toEqual(["cancelled"]);
  });

  it("stops when it is told to: what runs may end, nothing new is proposed", async () => {
    const { study, fleet } = await begin({ slots: 3, maxTrials: 500 });
    study.on("settled", ({ trial }) => trial.number === 10 && void study.stop());
    expect(await study.drive(fleet)).toBe("stopped");
    const trials = await study.trials();
    expect(trials.length).toBeLessThan(500);
    expect(trials.some(({ state }) => state === "running")).toBe(false);
  });
});
