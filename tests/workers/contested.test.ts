import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Redis } from "ioredis";
import { beforeEach, expect, test } from "vitest";
import { ParzenError } from "../../src/errors.ts";
import type { Store } from "../../src/store/store.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import { addStudy, reserveTrials } from "../executor/bullmq/study.ts";
import { describeWorkers } from "./describe-workers.ts";
import { gate, jobCounts, kindsOf, objectiveOf, trialsOf, until, untilState, type Workers } from "./harness.ts";

describeWorkers("a worker that is not the only one", (begin) => {
  let client: Redis;
  let store: Store;
  let workers: Workers;
  let now = 1_000_000;

  beforeEach(async () => {
    now = 1_000_000;
    ({ client, store, workers } = await begin(() => now));
  });

  test("a trial whose job got lost is delivered again and runs once", async () => {
    const study = await addStudy(store, "s");
    const trials = await reserveTrials(store, "s", 10);
    await workers.fleet().deliver(study, trials);
    await client.flushall();
    const ran: number[] = [];
    await workers.start(
      objectiveOf(async ({ x }, { number }) => {
        ran.push(number);
        return x;
      }),
    );
    await workers.fleet().deliver(study, trials);
    await workers.fleet().deliver(study, trials);
    await untilState(store, "s", "complete", 10);
    // Too late, for trials that have ended.
    await workers.fleet().deliver(study, trials);
    await until(async () => (await jobCounts(client)).waiting === 0 && (await jobCounts(client)).active === 0);
    expect(ran.toSorted()).toEqual(trials.map(({ number }) => number));
  });

  test("losing every key of the queue under running trials loses no result", async () => {
    const { opened, open } = gate();
    await workers.start(objectiveOf(async ({ x }) => opened.then(() => x)));
    await workers.deliver(4);
    await untilState(store, "s", "running", 4);
    await client.flushall();
    open();
    await untilState(store, "s", "complete", 4);
    for (const trial of await trialsOf(store, "s")) expect(trial.attempt).toBe(1);
  });

  test("a job that comes back while its worker lives is left alone, and nothing runs twice", async () => {
    const { opened, open } = gate();
    const ran: number[] = [];
    const objective = objectiveOf(async ({ x }, { number }) => {
      ran.push(number);
      return opened.then(() => x);
    });
    // A job that came back is looked at again within half a lease.
    await workers.start(objective, { stalledCheckMs: 50, leaseMs: 4000 });
    await workers.deliver(3);
    await untilState(store, "s", "running", 3);
    // As if Redis had been away for longer than the locks: another worker is handed the jobs.
    for (const lock of await client.keys("*:lock")) await client.del(lock);
    const other = await workers.start(objective, { stalledCheckMs: 50, leaseMs: 400 });
    await until(async () => (await client.keys("*:lock")).length === 3);
    open();
    await untilState(store, "s", "complete", 3);
    expect(ran.toSorted()).toEqual([0, 1, 2]);
    for (const trial of await trialsOf(store, "s")) expect(trial.attempt).toBe(1);
    await until(async () => (await jobCounts(client)).active === 0 && (await jobCounts(client)).waiting === 0);
    expect(kindsOf(other)).not.toContain("started");
  });

  test("the job of a running trial stays its worker's, so that no other one looks at it", async () => {
    const { opened, open } = gate();
    await workers.start(
      objectiveOf(async ({ x }) => opened.then(() => x)),
      { leaseMs: 900, stalledCheckMs: 600_000 },
    );
    await workers.deliver(1);
    await untilState(store, "s", "running", 1);
    const [lock = ""] = await client.keys("*:lock");
    let left = await client.pttl(lock);
    await until(async () => {
      const before = left;
      left = await client.pttl(lock);
      return left > before;
    });
    open();
    await untilState(store, "s", "complete", 1);
  });

  test("the trial of a dead worker runs again, once its lease has ended", async () => {
    const study = await addStudy(store, "s");
    const [trial] = await reserveTrials(store, "s", 1);
    await workers.fleet().deliver(study, [trial!]);
    const holder = { ...thisHolder(0), host: "elsewhere" };
    await store.claim("s", 0, { holder, leaseMs: 5000, version: "v1" });
    const { events } = await workers.start(
      objectiveOf(async ({ x }) => x),
      { leaseMs: 300 },
    );
    await until(async () => (await jobCounts(client)).active === 1);
    expect((await trialsOf(store, "s"))[0]).toMatchObject({ state: "running", attempt: 1 });
    now += 5001;
    await untilState(store, "s", "complete", 1);
    expect((await trialsOf(store, "s"))[0]).toMatchObject({ attempt: 2, lost: 1, hosts: ["elsewhere"] });
    expect(events).toContainEqual({ kind: "settled", study: "s", number: 0, attempt: 1, state: "queued" });
  });

  test("the trial of a worker that is known to be dead runs again at once", async () => {
    const study = await addStudy(store, "s");
    const trials = await reserveTrials(store, "s", 1);
    const holder = { ...thisHolder(0), pid: spawnSync("true").pid };
    await store.claim("s", 0, { holder, leaseMs: 5000, version: "v1" }); // the clock stands still, so it never ends
    await workers.fleet().deliver(study, trials);
    await workers.start(objectiveOf(async ({ x }) => x));
    await untilState(store, "s", "complete", 1);
    expect((await trialsOf(store, "s"))[0]).toMatchObject({ attempt: 2, lost: 1, hosts: [holder.host] });
  });

  test("a trial that was claimed here without the claim being heard of runs, and is no loss", async () => {
    const study = await addStudy(store, "s");
    const [trial] = await reserveTrials(store, "s", 1);
    await workers.fleet().deliver(study, [trial!]);
    await store.claim("s", 0, { holder: thisHolder(2), leaseMs: 5000, version: "v1" });
    await workers.start(objectiveOf(async ({ x }) => x));
    await untilState(store, "s", "complete", 1);
    expect((await trialsOf(store, "s"))[0]).toMatchObject({ attempt: 2, lost: 0 });
  });

  test("an outcome that came too late is told", async () => {
    const { opened, open } = gate();
    const { events } = await workers.start(objectiveOf(() => opened.then(() => 1)));
    const study = await addStudy(store, "s");
    await workers.fleet().deliver(study, await reserveTrials(store, "s", 1));
    await untilState(store, "s", "running", 1);
    const result = { outcome: { kind: "complete", losses: [2] }, log: "" } as const;
    await store.commit("s", 0, { attempt: 1 }, result);
    open();
    await until(() => events.some(({ kind }) => kind === "stale"));
    expect(events).toContainEqual({ kind: "stale", study: "s", number: 0 });
    expect((await store.findTrial("s", 0)).state).toBe("complete");
  });

  test("of so many trials that it may begin, none is spent on one that was somebody else's", async () => {
    const [claiming, held] = [gate(), gate()];
    const claim = store.claim.bind(store);
    store.claim = async (name, number, by) => {
      if (number === 1) claiming.open();
      if (number === 1) await held.opened;
      return claim(name, number, by);
    };
    const objective = objectiveOf(({ x }) => claiming.opened.then(() => x));
    const { worker, events } = await workers.start(objective, { slots: 2, maxTrials: 2 });
    await workers.deliver(3);
    await untilState(store, "s", "complete", 1);
    await claim("s", 1, { holder: thisHolder(0), leaseMs: 5000, version: "v1" });
    await store.commit("s", 1, { attempt: 1 }, { outcome: { kind: "complete", losses: [2] }, log: "" });
    await sleep(200); // for a worker that thinks it is done
    held.open();
    expect(await worker.done).toBe("max-trials");
    const begun = events.flatMap((event) => (event.kind === "started" ? [event.number] : []));
    expect(begun).toEqual([0, 2]);
  });

  test("an outcome whose answer got lost on its way counted, and is told as such", async () => {
    const commit = store.commit.bind(store);
    let isLost = false;
    store.commit = async (...sent) => {
      const committed = await commit(...sent);
      if (isLost) return committed;
      isLost = true;
      throw new ParzenError("STORE_UNAVAILABLE", "the connection broke");
    };
    const { events } = await workers.start(objectiveOf(async ({ x }) => x));
    await workers.deliver(1);
    await until(() => events.some(({ kind }) => kind === "settled"));
    expect(events).toContainEqual({ kind: "settled", study: "s", number: 0, attempt: 1, state: "complete" });
    expect(events.map(({ kind }) => kind)).not.toContain("stale");
  });

  test("a verdict of another process ends a trial", async () => {
    await workers.start(
      objectiveOf(({ x }, { signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(x)))),
      { leaseMs: 150 },
    );
    await workers.deliver(2);
    await untilState(store, "s", "running", 2);
    await store.judge("s", 0, "cancel");
    await store.judge("s", 1, "prune");
    await untilState(store, "s", "cancelled", 1);
    await untilState(store, "s", "pruned", 1);
  });
});
