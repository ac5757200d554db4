import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, type TestContext, test, vi } from "vitest";
import { type RedisStore, redisStore } from "../../src/store/redis/index.ts";
import type { CompleteTrial } from "../../src/trial/trial.ts";
import { addStudy, reserveTrials } from "../executor/bullmq/study.ts";
import { describeRedis } from "../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../redis/server.ts";
import { gate, objectiveOf, type TestWorker, trialsOf, until, untilState, Workers } from "./harness.ts";

const TRIALS = 16;
const LEASE_MS = 1500;
const TIMES = { leaseMs: LEASE_MS, stalledCheckMs: LEASE_MS / 2, pollMs: 200 };

const OUTAGES = [
  [
    "killed",
    {
      begin: (server: RedisServer): Promise<void> => server.kill(),
      end: (server: RedisServer): Promise<void> => server.restart(),
    },
  ],
  [
    "at a standstill",
    {
      begin: (server: RedisServer): Promise<void> => server.kill("SIGSTOP"),
      end: async (server: RedisServer): Promise<void> => server.cont(),
    },
  ],
] as const;

const options = { ...TIMES, slots: TRIALS, prefix: "{parzen}" };
const kept = ({ spool }: TestWorker): readonly string[] => readdirSync(spool).filter((name) => name.endsWith(".json"));

/** A server of a test's own with its workers: the tests wait at the same time. */
interface Site {
  readonly server: RedisServer;
  readonly store: RedisStore;
  readonly workers: Workers;
}

async function begin(onTestFinished: TestContext["onTestFinished"], { aof = true } = {}): Promise<Site> {
  const server = await startRedis({ aof, args: ["--appendfsync", "always"] });
  // A machine with other things to do may take longer for the first answer than a call may.
  const store = await vi.waitFor(() => redisStore(server.url, { commandTimeoutMs: 500, warn: () => {} }), 30_000);
  const workers = new Workers(store, store.client);
  onTestFinished(async () => {
    await server.restart();
    await workers.end();
    await store.close();
    await server.stop();
  });
  return { server, store, workers };
}

async function deliver({ store, workers }: Site): Promise<void> {
  const study = await addStudy(store, "s");
  const trials = await reserveTrials(store, "s", TRIALS);
  const fleet = workers.fleet({ version: "v1", requires: [] }, "{parzen}");
  await fleet.deliver(study, trials);
}

async function expectAllOnce(store: RedisStore, started: readonly number[]): Promise<void> {
  expect(started.toSorted((a, b) => a - b)).toEqual(Array.from({ length: TRIALS }, (_, number) => number));
  const trials = (await trialsOf(store, "s")) as CompleteTrial[];
  for (const { state, attempt, losses, assignment } of trials) {
    expect({ state, attempt, losses }).toEqual({ state: "complete", attempt: 1, losses: [assignment["x"]] });
  }
  expect(new Set(trials.map(({ committedAt }) => committedAt)).size).toBe(TRIALS);
}

describeRedis("with Redis away for three leases under running trials", () => {
  test.concurrent.for(OUTAGES)("%s: each starts once, and goes on", async ([, outage], { onTestFinished }) => {
    const site = await begin(onTestFinished);
    const { server, store, workers } = site;
    const { opened, open } = gate();
    const started: number[] = [];
    const steps = new Map<number, number>();
    let isOver = false;
    const objective = objectiveOf(
      async ({ x }, trial) => {
        started.push(trial.number);
        for (let step = 0; !isOver; step++) {
          await trial.report(step, x + step);
          steps.set(trial.number, step);
          await sleep(50);
        }
        await opened;
        return x;
      },
      { slots: TRIALS },
    );
    await workers.start(objective, options);
    await deliver(site);
    await untilState(store, "s", "running", TRIALS);
    const idle = await workers.start(objective, options);
    await outage.begin(server);
    const stepsBefore = new Map(steps);
    await sleep(3 * LEASE_MS);
    // The objectives went on without the store.
    await until(() => [...steps].every(([number, step]) => step > (stepsBefore.get(number) ?? 0) + 1));
    await outage.end(server);
    // Two leases later every one would be lost that nobody renews.
    await until(async () => (await trialsOf(store, "s").catch(() => [])).length === TRIALS);
    await sleep(2 * LEASE_MS);
    isOver = true;
    open();
    await untilState(store, "s", "complete", TRIALS);
    await expectAllOnce(store, started);
    expect(idle.events.filter(({ kind }) => kind === "started")).toEqual([]);
    for (const { number, reports } of await trialsOf(store, "s")) {
      const last = steps.get(number) ?? -1;
      expect(reports.map(({ step }) => step)).toEqual(Array.from({ length: last + 1 }, (_, step) => step));
    }
  });

  test.concurrent.for(OUTAGES)(
    "%s: what ends meanwhile is kept and committed once",
    async ([, outage], { onTestFinished }) => {
      const site = await begin(onTestFinished);
      const { server, store, workers } = site;
      const { opened, open } = gate();
      const started: number[] = [];
      const objective = objectiveOf(
        async ({ x }, { number }) => {
          started.push(number);
          return opened.then(() => x);
        },
        { slots: TRIALS },
      );
      const worker = await workers.start(objective, options);
      await deliver(site);
      await untilState(store, "s", "running", TRIALS);
      await workers.start(objective, options);
      await outage.begin(server);
      open();
      await until(() => worker.events.filter(({ kind }) => kind === "kept").length === TRIALS);
      expect(kept(worker)).toHaveLength(TRIALS);
      await sleep(3 * LEASE_MS);
      await outage.end(server);
      await until(async () => {
        const trials = await trialsOf(store, "s").catch(() => []);
        return trials.filter(({ state }) => state === "complete").length === TRIALS;
      });
      await expectAllOnce(store, started);
      await until(() => kept(worker).length === 0);
    },
  );

  test.concurrent("an outcome that its worker could not commit is committed by the next one", async ({
    onTestFinished,
  }) => {
    const site = await begin(onTestFinished);
    const { server, store, workers } = site;
    const { opened, open } = gate();
    const objective = objectiveOf(
      async ({ x }, trial) => {
        await trial.report(0, x);
        await opened;
        await trial.report(1, 2 * x);
        return x;
      },
      { slots: TRIALS },
    );
    const lease = { ...options, leaseMs: 60_000 };
    const worker = await workers.start(objective, lease);
    await deliver(site);
    await until(async () => (await trialsOf(store, "s")).every(({ reports }) => reports.length === 1));
    await server.kill();
    open();
    await until(() => kept(worker).length === TRIALS);
    worker.worker.handBack();
    expect(await worker.worker.done).toBe("handed-back");
    await server.restart();
    const next = await workers.start(objective, { ...lease, spool: worker.spool });
    await untilState(store, "s", "complete", TRIALS);
    await until(() => next.events.filter(({ kind }) => kind === "recovered").length === TRIALS);
    expect(next.events).toContainEqual({ kind: "recovered", study: "s", number: 0, counted: true });
    expect(next.events.filter(({ kind }) => kind === "started")).toEqual([]);
    expect(kept(next)).toEqual([]);
    for (const { reports, assignment, attempt } of await trialsOf(store, "s")) {
      expect(attempt).toBe(1);
      expect(reports).toEqual([
        { step: 0, value: assignment["x"] },
        { step: 1, value: 2 * (assignment["x"] ?? 0) },
      ]);
    }
  });

  test.concurrent("outcomes of a study that the server came back without are told, and end no worker", async ({
    onTestFinished,
  }) => {
    const site = await begin(onTestFinished, { aof: false });
    const { server, store, workers } = site;
    const { opened, open } = gate();
    const objective = objectiveOf(async ({ x }) => opened.then(() => x), { slots: TRIALS });
    const worker = await workers.start(objective, options);
    await deliver(site);
    await untilState(store, "s", "running", TRIALS);
    await server.kill();
    open();
    await until(() => kept(worker).length === TRIALS);
    await server.restart();
    await until(() => worker.events.filter(({ kind }) => kind === "refused").length === TRIALS);
    expect(kept(worker)).toEqual([]);
    await deliver(site);
    await untilState(store, "s", "complete", TRIALS);
  });

  test.concurrent("an outcome that the disk does not take is told once, and kept as soon as it does", async ({
    onTestFinished,
  }) => {
    const site = await begin(onTestFinished);
    const { server, store, workers } = site;
    const { opened, open } = gate();
    const objective = objectiveOf(async ({ x }) => opened.then(() => x), { slots: TRIALS });
    const worker = await workers.start(objective, { ...options, leaseMs: 60_000 });
    const told = (kind: string): readonly object[] => worker.events.filter((event) => event.kind === kind);
    await deliver(site);
    await untilState(store, "s", "running", TRIALS);
    rmSync(worker.spool, { recursive: true });
    writeFileSync(worker.spool, "");
    await server.kill();
    open();
    await until(() => told("unkept").length === TRIALS);
    expect(worker.events).toContainEqual({ kind: "unkept", study: "s", number: 0, reason: "file already exists" });
    rmSync(worker.spool);
    await until(() => kept(worker).length === TRIALS);
    expect(told("unkept")).toHaveLength(TRIALS);
    await server.restart();
    await untilState(store, "s", "complete", TRIALS);
    await until(() => kept(worker).length === 0);
  });
});
