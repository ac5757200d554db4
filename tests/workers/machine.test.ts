import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { ParzenError } from "../../src/errors.ts";
import { processPool } from "../../src/executor/pool/pool.ts";
import type { Store } from "../../src/store/store.ts";
import { COMPILED, reserveTrials } from "../executor/bullmq/study.ts";
import { describeWorkers } from "./describe-workers.ts";
import { objectiveOf, trialsOf, until, untilState, type Workers } from "./harness.ts";

describeWorkers("the machine of a worker", (begin) => {
  let store: Store;
  let workers: Workers;

  beforeEach(async () => {
    ({ store, workers } = await begin());
  });
  /** The same objective as a program; on a machine that may lack it. */
  const command = (argv: readonly string[], graceMs = 60_000) =>
    objectiveOf(
      () =>
        processPool({
          source: { kind: "command", argv, cwd: ".", metric: "loss", space: COMPILED },
          slots: 4,
          graceMs,
        }),
      { isExecutor: true },
    );

  test("that lacks the program takes no more trials and says why, while the others run all of them", async () => {
    const broken = await workers.start(command(["no-such-interpreter", "train.py", "{x}"]));
    for (let other = 0; other < 3; other++) {
      await workers.start(
        objectiveOf(async ({ x }) => x),
        { slots: 2 },
      );
    }
    await workers.deliver(200);
    await untilState(store, "s", "complete", 200);
    for (const trial of await trialsOf(store, "s")) expect(trial.lost).toBe(0);
    // The others may have been so quick that it had no three trials; then it gets them now.
    const isSick = (): boolean => workers.registry.workers.get(broken.worker.id)?.state === "sick";
    for (let more = 0; !isSick() && more < 100; more++) {
      const study = await store.findStudy("s");
      await workers.fleet().deliver(study!, await reserveTrials(store, "s", 10));
      await untilState(store, "s", "complete", 200 + 10 * (more + 1));
    }
    const reason = "3 faults of this machine in a row, the last: command not found: no-such-interpreter";
    expect(workers.registry.workers.get(broken.worker.id)).toMatchObject({ state: "sick", reason });
    expect(broken.events).toContainEqual({ kind: "sick", reason });
    broken.worker.drain();
    expect(await broken.worker.done).toBe("drained");
  });

  test("whose executor breaks is sick as well", async () => {
    const failing = { slots: 4, evaluate: () => Promise.reject(new Error("no device")), close: async () => {} };
    const broken = await workers.start(objectiveOf(() => failing, { isExecutor: true }));
    await workers.deliver(3);
    await until(() => broken.events.some(({ kind }) => kind === "sick"));
    await workers.start(objectiveOf(async ({ x }) => x));
    await untilState(store, "s", "complete", 3);
    for (const trial of await trialsOf(store, "s")) expect(trial.lost).toBe(0);
  });

  test("is left by what ran its trials, once it has ended", async () => {
    let isClosed = false;
    const outcome = { kind: "complete", losses: [1] } as const;
    const close = async (): Promise<void> => {
      isClosed = true;
    };
    const executor = { slots: 4, evaluate: async () => ({ outcome, log: "" }), close };
    const { worker } = await workers.start(objectiveOf(() => executor, { isExecutor: true }));
    await workers.deliver(1);
    await untilState(store, "s", "complete", 1);
    expect(isClosed).toBe(false);
    worker.drain();
    await worker.done;
    expect(isClosed).toBe(true);
  });

  test("is not at fault for trials that fail", async () => {
    const { events } = await workers.start(
      objectiveOf(async () => {
        throw new Error("diverged");
      }),
    );
    await workers.deliver(12);
    await untilState(store, "s", "failed", 12);
    expect(events.filter(({ kind }) => kind === "sick" || kind === "fault")).toEqual([]);
  });

  test("is not at fault for what is damaged in the store", async () => {
    store.claim = () => Promise.reject(new ParzenError("STORE_CORRUPT", "the trial is damaged"));
    const { events } = await workers.start(objectiveOf(async ({ x }) => x));
    await workers.deliver(4);
    await until(() => events.filter(({ kind }) => kind === "refused").length === 4);
    expect(events.filter(({ kind }) => kind === "sick" || kind === "fault")).toEqual([]);
  });

  test("is told to end: a program gets the signal, saves, and its trial starts elsewhere", async () => {
    const folder = workers.folder();
    const saves = `trap 'echo saved > ${folder}/saved; exit 0' TERM; echo > ${folder}/started; while :; do sleep 0.05; done`;
    const { worker } = await workers.start(command(["sh", "-c", saves]));
    await workers.deliver(1);
    await until(() => existsSync(join(folder, "started")));
    await workers.start(objectiveOf(async ({ x }) => x));
    // The other one may have taken it had it been handed back already: it runs on the first.
    expect((await trialsOf(store, "s"))[0]).toMatchObject({ state: "running", attempt: 1 });
    worker.handBack();
    expect(await worker.done).toBe("handed-back");
    await untilState(store, "s", "complete", 1);
    expect(readFileSync(join(folder, "saved"), "utf8")).toBe("saved\n");
    expect((await trialsOf(store, "s"))[0]).toMatchObject({ attempt: 2, lost: 0 });
  });

  test("is told to end twice: a program that does not listen is killed", async () => {
    const folder = workers.folder();
    const stubborn = `trap '' TERM; echo > ${folder}/started; while :; do sleep 0.05; done`;
    const { worker } = await workers.start(command(["sh", "-c", stubborn]));
    await workers.deliver(1);
    await until(() => existsSync(join(folder, "started")));
    worker.handBack();
    worker.handBack();
    expect(await worker.done).toBe("handed-back");
    expect((await trialsOf(store, "s"))[0]).toMatchObject({ state: "queued", attempt: 1, lost: 0 });
  });
});
