import type { Redis } from "ioredis";
import { beforeEach, expect, test } from "vitest";
import { ParzenError } from "../../src/errors.ts";
import { memoryStore } from "../../src/store/memory.ts";
import type { Store } from "../../src/store/store.ts";
import { addStudy, reserveTrials } from "../executor/bullmq/study.ts";
import { describeWorkers } from "./describe-workers.ts";
import { gate, jobCounts, objectiveOf, type TestWorker, trialsOf, until, untilState, type Workers } from "./harness.ts";

describeWorkers("a worker", (begin) => {
  let client: Redis;
  let store: Store;
  let workers: Workers;

  beforeEach(async () => {
    ({ client, store, workers } = await begin());
  });

  test("runs what is delivered, each trial once, and leaves no job behind", async () => {
    const started: number[] = [];
    const { events } = await workers.start(
      objectiveOf(async ({ x }, trial) => {
        started.push(trial.number);
        await trial.report(0, x);
        return x;
      }),
    );
    await workers.deliver(50);
    await untilState(store, "s", "complete", 50);
    expect(started.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, number) => number));
    for (const trial of await trialsOf(store, "s")) {
      expect(trial).toMatchObject({ state: "complete", attempt: 1, version: "v1", losses: [trial.assignment["x"]] });
      expect(trial.reports).toEqual([{ step: 0, value: trial.assignment["x"] }]);
    }
    await until(async () => (await jobCounts(client)).active === 0);
    expect(await jobCounts(client)).toEqual({ waiting: 0, active: 0 });
    expect(events.filter(({ kind }) => kind === "settled")).toHaveLength(50);
  });

  test("runs as many trials at once as it has slots, and each knows its own", async () => {
    const { opened, open } = gate();
    const { events } = await workers.start(objectiveOf(async ({ x }) => opened.then(() => x)));
    await workers.deliver(7);
    await untilState(store, "s", "running", 4);
    const slots = events.flatMap((event) => (event.kind === "started" ? [event.slot] : []));
    expect(slots.toSorted()).toEqual([0, 1, 2, 3]);
    expect([...workers.registry.workers.values()][0]).toMatchObject({ slots: 4, state: "serving", reason: null });
    open();
    await untilState(store, "s", "complete", 7);
  });

  test("a time limit that is set while the study runs holds from the next trial on", async () => {
    const { events } = await workers.start(
      objectiveOf(({ x }, { signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(x)))),
    );
    await workers.deliver(1);
    await untilState(store, "s", "running", 1);
    const study = await store.configure("s", { trialTimeoutMs: 50 });
    await workers.fleet().deliver(study, await reserveTrials(store, "s", 1));
    await untilState(store, "s", "failed", 1);
    const [first, second] = await trialsOf(store, "s");
    expect(first).toMatchObject({ state: "running" });
    const why = { reason: "timeout", message: expect.stringContaining("limit of 0.05 s") };
    expect(second).toMatchObject(why);
    await until(() => events.some(({ kind }) => kind === "settled"));
    expect(events).toContainEqual({ kind: "settled", study: "s", number: 1, attempt: 1, state: "failed", ...why });
  });

  test("announces itself before it takes anything, and with what it runs", async () => {
    const { opened, open } = gate();
    const { worker } = await workers.start(
      objectiveOf(async ({ x }) => opened.then(() => x)),
      { leaseMs: 300, tags: ["a"], gpus: ["H200"], notes: { why: "test" } },
    );
    const record = workers.registry.workers.get(worker.id);
    expect(record).toMatchObject({ id: worker.id, pid: process.pid, slots: 4, tags: ["a"], gpus: ["H200"] });
    expect(record?.objectives).toEqual([{ name: "sweep", version: "v1", requires: [], commit: null, changedAtMs: 0 }]);
    await workers.deliver(1);
    await until(() => workers.registry.workers.get(worker.id)?.trials.length === 1);
    expect(workers.registry.workers.get(worker.id)?.trials[0]).toMatchObject({ study: "s", number: 0 });
    open();
    worker.drain();
    expect(await worker.done).toBe("drained");
    expect(workers.registry.workers.size).toBe(0);
  });

  test("tells what is reported as the objective gave it, also where more is better", async () => {
    const spec = { ...(await addStudy(memoryStore(), "s")), direction: "maximize" } as const;
    const study = await store.createStudy(spec, spec.settings);
    const { events } = await workers.start(
      objectiveOf(async (_, trial) => {
        await trial.report(0, 3);
        return 4;
      }),
    );
    await workers.fleet().deliver(study, await reserveTrials(store, "s", 1));
    await untilState(store, "s", "complete", 1);
    const reported = { kind: "reported", study: "s", number: 0, step: 0, value: 3 };
    expect(events.filter(({ kind }) => kind === "reported")).toEqual([reported]);
    expect((await trialsOf(store, "s"))[0]).toMatchObject({ losses: [-4], reports: [{ step: 0, value: -3 }] });
  });

  test("a report that the store did not take is sent with the next sign of life", async () => {
    const { opened, open } = gate();
    const report = store.report.bind(store);
    let isAway = true;
    store.report = (...sent) => (isAway ? Promise.reject(new ParzenError("STORE_FULL", "full")) : report(...sent));
    await workers.start(
      objectiveOf(async ({ x }, trial) => {
        await trial.report(0, x);
        isAway = false;
        return opened.then(() => x);
      }),
      { leaseMs: 150 },
    );
    await workers.deliver(1);
    await until(async () => (await trialsOf(store, "s"))[0]?.reports.length === 1);
    open();
  });

  test("a report that the store did not take is sent before the outcome", async () => {
    const report = store.report.bind(store);
    let isAway = true;
    store.report = (...sent) => (isAway ? Promise.reject(new ParzenError("STORE_FULL", "full")) : report(...sent));
    await workers.start(
      objectiveOf(async ({ x }, trial) => {
        await trial.report(0, x);
        isAway = false;
        return x;
      }),
    );
    await workers.deliver(1);
    await untilState(store, "s", "complete", 1);
    expect((await trialsOf(store, "s"))[0]?.reports).toHaveLength(1);
  });

  test("leaves the trials of a paused study alone", async () => {
    const study = await addStudy(store, "s");
    const trials = await reserveTrials(store, "s", 2);
    await store.setControl("s", "paused", null);
    await workers.start(objectiveOf(async ({ x }) => x));
    const fleet = workers.fleet();
    await fleet.deliver(study, trials);
    await until(async () => (await jobCounts(client)).waiting === 0 && (await jobCounts(client)).active === 0);
    expect((await trialsOf(store, "s")).map(({ state }) => state)).toEqual(["queued", "queued"]);
    await store.setControl("s", "running", null);
    await fleet.deliver(study, trials);
    await untilState(store, "s", "complete", 2);
  });

  test("two versions and two sets of tags share one Redis, each served by its own", async () => {
    const ran: string[] = [];
    const serve = (version: string, requires: readonly string[]): Promise<TestWorker> =>
      workers.start(
        objectiveOf(
          async ({ x }) => {
            ran.push(`${version}${requires.join()}`);
            return x;
          },
          { version, requires },
        ),
        { tags: requires },
      );
    const demands = [
      { version: "v1", requires: [] },
      { version: "v2", requires: [] },
      { version: "v1", requires: ["gpu"] },
    ];
    for (const { version, requires } of demands) await serve(version, requires);
    for (const [index, demand] of demands.entries()) {
      const study = await addStudy(store, `s${index}`);
      await workers.fleet(demand).deliver(study, await reserveTrials(store, `s${index}`, 20));
    }
    for (const index of demands.keys()) await untilState(store, `s${index}`, "complete", 20);
    expect(ran.toSorted()).toEqual([...Array(20).fill("v1"), ...Array(20).fill("v1gpu"), ...Array(20).fill("v2")]);
    for (const index of demands.keys()) {
      for (const trial of await trialsOf(store, `s${index}`)) expect(trial.attempt).toBe(1);
    }
  });

  test("serves what it has the tags for, says what it leaves out, and refuses to serve nothing", async () => {
    const needy = objectiveOf(async ({ x }) => x, { name: "needy", version: "v2", requires: ["gpu", "big"] });
    const { events, worker } = await workers.start(
      objectiveOf(async ({ x }) => x),
      {
        objectives: [needy, objectiveOf(async ({ x }) => x)],
        tags: ["big"],
      },
    );
    expect(events).toContainEqual({ kind: "unserved", objective: "needy", missing: ["gpu"] });
    expect(workers.registry.workers.get(worker.id)?.objectives.map(({ name }) => name)).toEqual(["sweep"]);
    await expect(workers.start(needy)).rejects.toThrow('"needy" requires gpu, big');
  });
});
