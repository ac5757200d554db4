import { expect, test } from "vitest";
import type { Trial } from "../../../src/trial/trial.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import { addComplete } from "../fixtures.ts";
import { complete, STUDY, serverFor, start, storeAt, studyAt } from "./deployment.ts";
import { large } from "./large.ts";

describeRedis("a snapshot of many pages", () => {
  test("has every trial once, also those that one sequence changed", async () => {
    const store = await studyAt((await serverFor()).url);
    await large(store, 3000, 2500);
    for (const since of [0, 900, 2999, 3000, 5000]) {
      const { study, trials } = await store.snapshot("large", since);
      const expected = Array.from(
        { length: study.nextNumber - Math.min(since, 3000) },
        (_, at) => at + Math.min(since, 3000),
      );
      expect(trials.map(({ number }) => number)).toEqual(expected);
    }
    expect((await store.snapshot("large", 5500)).trials).toEqual([]);
  });

  test("is the state of its sequence, whatever is written meanwhile", async () => {
    const server = await serverFor();
    const store = await studyAt(server.url);
    await large(store, 100, 4400);
    const writer = await storeAt(server.url);
    let isDone = false;
    const writing = (async () => {
      const holder = { host: "a", pid: 1, started: "s", slot: 0 };
      for (let number = 4499; !isDone && number >= 100; number--) {
        const claimed = await writer.claim("large", number, { holder, leaseMs: 60_000, version: null });
        if (claimed.kind !== "claimed") continue;
        if (number % 2 === 0) await writer.commit("large", number, { attempt: 1 }, complete(number));
      }
    })();
    // Following from snapshot to snapshot, and beginning anew, must show the same at the same sequence.
    const followed = new Map<number, Trial>();
    let since = 0;
    for (let look = 0; look < 12; look++) {
      const next = await store.snapshot("large", since);
      for (const trial of next.trials) followed.set(trial.number, trial);
      since = next.study.sequence;
      const changes = [...followed.values()].map(lastChange).filter((sequence) => sequence !== null);
      // Each change of the writer has a sequence of its own: none is missing and none is from after.
      expect(Math.max(0, ...changes)).toBeLessThanOrEqual(since);
      expect(followed.size).toBe(next.study.nextNumber);
    }
    isDone = true;
    await writing;
    const last = await store.snapshot("large", since);
    for (const trial of last.trials) followed.set(trial.number, trial);
    const whole = await store.snapshot("large", 0);
    expect([...followed.values()].sort((left, right) => left.number - right.number)).toEqual(whole.trials);
  });

  test("with many reports and imports loses none", async () => {
    const store = await studyAt((await serverFor()).url);
    for (let x = 0; x < 4; x++) {
      const { number, fence } = await start(store, x);
      const reports = Array.from({ length: 9000 }, (_, step) => ({ step, value: step / 7 }));
      const calls = Array.from({ length: 900 }, (_, call) => reports.slice(10 * call, 10 * call + 10));
      await Promise.all(calls.map((some) => store.report(STUDY, number, fence, some)));
    }
    const result = { kind: "complete", losses: [1] } as const;
    const observations = Array.from({ length: 4500 }, (_, x) => ({ assignment: { x }, reports: [], result }));
    await store.importObservations(STUDY, observations.slice(0, 4100));
    const between = (await store.findStudy(STUDY))?.sequence ?? 0;
    await store.importObservations(STUDY, observations.slice(4100));
    const { trials, imported } = await store.snapshot(STUDY, 0);
    expect(trials.map(({ reports }) => reports.length)).toEqual([9000, 9000, 9000, 9000]);
    expect(trials[3]?.reports[8999]).toEqual({ step: 8999, value: 8999 / 7 });
    expect(imported.map(({ assignment }) => assignment["x"])).toEqual(
      observations.map(({ assignment }) => assignment.x),
    );
    expect((await store.snapshot(STUDY, between)).imported).toHaveLength(400);
    expect((await store.snapshot(STUDY, between)).trials).toEqual([]);
  });

  test("a call costs the same whatever the study has", async () => {
    const server = await serverFor();
    const store = await studyAt(server.url);
    const costs: number[] = [];
    for (const trials of [1, 400]) {
      for (let trial = 0; trial < trials; trial++) await addComplete(store, STUDY);
      await store.client.config("RESETSTAT");
      await addComplete(store, STUDY);
      await store.snapshot(STUDY, (await store.findStudy(STUDY))?.sequence ?? 0);
      const stats = await store.client.info("commandstats");
      costs.push([...stats.matchAll(/calls=(\d+)/g)].reduce((sum, [, calls]) => sum + Number(calls), 0));
    }
    // What the scripts do, counted by the server; the time noted now and then makes a difference of a few.
    expect(Math.abs((costs[1] ?? 0) - (costs[0] ?? 0))).toBeLessThan(8);
    const keys = (await store.client.keys("{parzen}:s:*:*")).length;
    expect(keys).toBeLessThanOrEqual(3 * 403 + 5);
  });
});

function lastChange(trial: Trial): number | null {
  return "committedAt" in trial ? trial.committedAt : null;
}
