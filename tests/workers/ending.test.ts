import type { Redis } from "ioredis";
import { beforeEach, expect, test } from "vitest";
import { ParzenError } from "../../src/errors.ts";
import type { Store } from "../../src/store/store.ts";
import { Spool } from "../../workers/spool.ts";
import { startWorker } from "../../workers/worker.ts";
import { addStudy, reserveTrials } from "../executor/bullmq/study.ts";
import { describeWorkers } from "./describe-workers.ts";
import { gate, jobCounts, kindsOf, objectiveOf, PREFIX, trialsOf, until, untilState, type Workers } from "./harness.ts";

describeWorkers("the end of a worker", (begin) => {
  let client: Redis;
  let store: Store;
  let workers: Workers;

  beforeEach(async () => {
    ({ client, store, workers } = await begin());
  });

  test("drain lets trials finish and leaves the others to the queue", async () => {
    const { opened, open } = gate();
    const started = await workers.start(objectiveOf(async ({ x }) => opened.then(() => x)));
    await workers.deliver(6);
    await untilState(store, "s", "running", 4);
    started.worker.drain();
    await until(() => workers.registry.workers.get(started.worker.id)?.state === "draining");
    open();
    expect(await started.worker.done).toBe("drained");
    expect((await trialsOf(store, "s")).map(({ state }) => state).toSorted()).toEqual([
      ...Array(4).fill("complete"),
      ...Array(2).fill("queued"),
    ]);
    expect(await jobCounts(client)).toEqual({ waiting: 2, active: 0 });
    expect(kindsOf(started).at(-1)).toBe("ended");
  });

  test("what is handed back starts elsewhere at once, and counts as no loss", async () => {
    const signals: unknown[] = [];
    const first = await workers.start(
      objectiveOf(
        ({ x }, { signal }) =>
          new Promise((resolve) => {
            signal.addEventListener("abort", () => {
              signals.push(signal.reason);
              resolve(x);
            });
          }),
      ),
    );
    await workers.deliver(3);
    await untilState(store, "s", "running", 3);
    // It never looks by itself within the test, so only being told can have started its trials.
    await workers.start(
      objectiveOf(async ({ x }) => x),
      { pollMs: 600_000 },
    );
    first.worker.handBack();
    expect(await first.worker.done).toBe("handed-back");
    await untilState(store, "s", "complete", 3);
    expect(signals).toEqual(["hand-back", "hand-back", "hand-back"]);
    for (const trial of await trialsOf(store, "s")) expect(trial).toMatchObject({ attempt: 2, lost: 0 });
    await until(async () => (await jobCounts(client)).active === 0);
    expect(await jobCounts(client)).toEqual({ waiting: 0, active: 0 });
  });

  test("told to hand back while it only looks at a trial, it begins none", async () => {
    const [looking, held] = [gate(), gate()];
    const study = await addStudy(store, "s");
    const trials = await reserveTrials(store, "s", 1);
    const find = store.findStudy.bind(store);
    store.findStudy = async (name) => {
      looking.open();
      await held.opened;
      return find(name);
    };
    const { worker } = await workers.start(objectiveOf(async ({ x }) => x));
    await workers.fleet().deliver(study, trials);
    await looking.opened;
    worker.handBack();
    held.open();
    expect(await worker.done).toBe("handed-back");
    expect(await trialsOf(store, "s")).toMatchObject([{ state: "queued", attempt: 0 }]);
    expect(await jobCounts(client)).toEqual({ waiting: 1, active: 0 });
  });

  test("ends after so many trials", async () => {
    const { worker } = await workers.start(
      objectiveOf(async ({ x }) => x),
      { maxTrials: 5 },
    );
    await workers.deliver(9);
    expect(await worker.done).toBe("max-trials");
    const states = (await trialsOf(store, "s")).map(({ state }) => state);
    expect(states.filter((state) => state === "complete")).toHaveLength(5);
    expect(states.filter((state) => state === "queued")).toHaveLength(4);
    expect(await jobCounts(client)).toEqual({ waiting: 4, active: 0 });
  });

  test("told to hand back the last of so many trials, it ends as told", async () => {
    const { worker } = await workers.start(
      objectiveOf(({ x }, { signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(x)))),
      { maxTrials: 2 },
    );
    await workers.deliver(2);
    await untilState(store, "s", "running", 2);
    worker.handBack();
    expect(await worker.done).toBe("handed-back");
  });

  test("ends when it has had nothing to do for so long", async () => {
    const { worker } = await workers.start(
      objectiveOf(async ({ x }) => x),
      { idleExitMs: 300 },
    );
    await workers.deliver(3);
    expect(await worker.done).toBe("idle");
    await untilState(store, "s", "complete", 3);
  });

  test("is not idle while a trial takes longer than that", async () => {
    const { worker } = await workers.start(
      objectiveOf(({ x }, { number }) => new Promise((resolve) => setTimeout(resolve, number === 0 ? 1500 : 0, x))),
      { idleExitMs: 500, slots: 1 },
    );
    await workers.deliver(2);
    expect(await worker.done).toBe("idle");
    expect((await trialsOf(store, "s")).map(({ state }) => state)).toEqual(["complete", "complete"]);
  });

  test("stays for as long as it is told, also where no single timer takes so long", async () => {
    const { worker } = await workers.start(
      objectiveOf(async ({ x }) => x),
      { idleExitMs: 2 ** 31 },
    );
    await workers.deliver(3);
    await untilState(store, "s", "complete", 3);
    worker.drain();
    expect(await worker.done).toBe("drained");
  });

  test("after an error in one slot it hands back what runs in the others before it ends with that error", async () => {
    const bug = new Error("a listener's fault");
    const worker = await startWorker({
      store,
      client,
      prefix: PREFIX,
      workers: workers.registry,
      objectives: [
        objectiveOf(({ x }, { signal }) => new Promise((end) => signal.addEventListener("abort", () => end(x)))),
      ],
      slots: 2,
      parzen: "test",
      pollMs: 100,
      spool: workers.folder(),
      listener: (event) => {
        if ("number" in event && event.number === 1) throw bug;
      },
    });
    await workers.deliver(1);
    await untilState(store, "s", "running", 1);
    const study = await store.configure("s", {});
    await workers.fleet().deliver(study, await reserveTrials(store, "s", 1));
    await expect(worker.done).rejects.toBe(bug);
    expect((await trialsOf(store, "s"))[0]).toMatchObject({ state: "queued", attempt: 1, lost: 0 });
    expect(await jobCounts(client)).toEqual({ waiting: 2, active: 0 }); // one for each
    expect(workers.registry.workers.size).toBe(0);
  });

  test("what the store does not take while it ends stays on the disk", async () => {
    const { worker, spool } = await workers.start(
      objectiveOf(({ x }, { signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(x)))),
    );
    await workers.deliver(1);
    await untilState(store, "s", "running", 1);
    store.commit = () => Promise.reject(new ParzenError("STORE_UNAVAILABLE", "away"));
    worker.handBack();
    expect(await worker.done).toBe("handed-back");
    expect(await new Spool(spool).list()).toMatchObject([{ number: 0, result: { outcome: { kind: "handed-back" } } }]);
  });
});
