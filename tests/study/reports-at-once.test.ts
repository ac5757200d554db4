import { describe, expect, it } from "vitest";
import {
  createStudy,
  type Executor,
  hp,
  median,
  openStore,
  type Pruner,
  patient,
  type Report,
  successiveHalving,
  threshold,
} from "../../src/index.ts";
import { stream } from "../../src/random/stream.ts";

/** Makes reports of which some come at once, and completes. */
function reporting(groupsOf: (trial: number) => readonly (readonly Report[])[]): Executor {
  return {
    slots: 1,
    async evaluate({ trial }, watch) {
      for (const reports of groupsOf(trial)) void watch.report(reports);
      await watch.report([]);
      return { outcome: { kind: "complete", losses: [0], metrics: {}, attributes: {} }, log: "" };
    },
    close: async () => undefined,
  };
}

/** What was stored, and told, of trials that report so. */
async function historyOf(pruner: Pruner, groupsOf: (trial: number) => readonly (readonly Report[])[]) {
  const store = await openStore("memory:");
  const space = { x: hp.uniform(0, 1) };
  const study = await createStudy({ name: "at-once", space, seed: 1, maxTrials: 12, store, pruner });
  const told: unknown[] = [];
  study.on("reported", (event) => told.push(event));
  await study.drive(reporting(groupsOf));
  const trials = (await study.trials()).map(({ state, reports }) => ({ state, reports }));
  const changes = (await store.findStudy("at-once"))?.sequence ?? 0;
  await study.close();
  await store.close();
  return { trials, told, changes };
}

/** Forty reports, of which some repeat a step or come late. */
function someReports(trial: number): readonly Report[] {
  const rng = stream(7, trial);
  return Array.from({ length: 40 }, (_, at) => {
    const step = rng.next() < 0.2 ? Math.floor(rng.next() * at) : at;
    return { step, value: trial + rng.next() * 12 - at / 4 };
  });
}

describe("reports that come at once, beside a pruner", () => {
  it.each([
    median({ startup: 1 }),
    successiveHalving({ min: 1, max: 40, eta: 2 }),
    patient(null, { patience: 3 }),
    threshold({ upper: 18 }),
  ])("lead to the same trials as reports that come one by one: $name", async (pruner) => {
    const one = await historyOf(pruner, (trial) => someReports(trial).map((report) => [report]));
    const all = await historyOf(pruner, (trial) => [someReports(trial).slice(0, 25), someReports(trial).slice(25)]);
    expect(all.trials).toEqual(one.trials);
    expect(all.told).toEqual(one.told);
    expect(one.trials.map(({ state }) => state)).toContain("pruned");
  });

  it("are stored as one change", async () => {
    const many = Array.from({ length: 500 }, (_, step) => ({ step, value: 1 }));
    const { trials, told, changes } = await historyOf(median(), () => [many]);
    expect(trials.map(({ reports }) => reports.length)).toEqual(Array(12).fill(500));
    expect(told).toHaveLength(12 * 500);
    expect(changes).toBeLessThan(100);
  });
});
