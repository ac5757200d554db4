import type { Redis } from "ioredis";
import { beforeEach, expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { addStudy, reserveTrials } from "../executor/bullmq/study.ts";
import { describeWorkers } from "./describe-workers.ts";
import {
  gate,
  jobCounts,
  kindsOf,
  objectiveOf,
  refusals,
  trialsOf,
  until,
  untilState,
  type Workers,
} from "./harness.ts";

describeWorkers("a worker whose study is renamed or gone", (begin) => {
  let client: Redis;
  let store: Store;
  let workers: Workers;
  let now = 1_000_000;

  beforeEach(async () => {
    now = 1_000_000;
    ({ client, store, workers } = await begin(() => now));
  });

  test("jobs of a study that is gone, another of its name, or over another space are removed and told", async () => {
    const worker = await workers.start(objectiveOf(async ({ x }) => x, { fingerprint: "another" }));
    await workers.deliver(1, "other-space");
    await until(() => refusals(worker).length === 1);
    expect(refusals(worker)[0]).toMatch(/study "other-space".*space is not that of "sweep"/);
    const study = await addStudy(store, "gone");
    const trials = await reserveTrials(store, "gone", 1);
    await store.deleteStudy("gone");
    await workers.fleet().deliver(study, trials);
    await until(() => refusals(worker).length === 2);
    expect(refusals(worker)[1]).toMatch(/study "gone".*no such study/);
    await addStudy(store, "gone");
    await workers.fleet().deliver(study, trials);
    await until(() => refusals(worker).length === 3);
    expect(refusals(worker)[2]).toMatch(/study "gone".*no such study/);
    expect(await jobCounts(client)).toEqual({ waiting: 0, active: 0 });
  });

  test("a study that is deleted under a running trial ends it", async () => {
    let reason: unknown;
    const worker = await workers.start(
      objectiveOf(
        ({ x }, { signal }) =>
          new Promise((resolve) => {
            signal.addEventListener("abort", () => {
              reason = signal.reason;
              resolve(x);
            });
          }),
      ),
      { leaseMs: 150 },
    );
    await workers.deliver(1);
    await untilState(store, "s", "running", 1);
    await store.deleteStudy("s");
    await until(() => refusals(worker).length === 1);
    expect(reason).toBe("cancel");
    expect(refusals(worker)[0]).toContain('"s"');
  });

  test.each(["nothing", "another study"])(
    "a study that is renamed under a running trial gets its result where %s has its name then",
    async (then) => {
      const { opened, open } = gate();
      const worker = await workers.start(
        objectiveOf(async (_params, { report, signal }) => {
          await opened;
          await report(0, 0.5);
          return signal.aborted ? 2 : 1;
        }),
        { leaseMs: 150 },
      );
      await workers.deliver(1);
      await untilState(store, "s", "running", 1);
      await store.renameStudy("s", "old");
      if (then === "another study") await reserveTrials(store, (await addStudy(store, "s")).name, 1);
      const lease = async (): Promise<number> => {
        const [trial] = await trialsOf(store, "old");
        return trial?.state === "running" ? trial.leaseUntilMs : 0;
      };
      const before = await lease();
      now++;
      await until(async () => (await lease()) > before); // a sign of life, by whatever name
      open();
      await until(() => kindsOf(worker).some((kind) => kind === "settled" || kind === "refused" || kind === "stale"));
      expect(await trialsOf(store, "old")).toMatchObject([
        { state: "complete", losses: [1], reports: [{ step: 0, value: 0.5 }] },
      ]);
      expect(refusals(worker)).toEqual([]);
    },
  );

  test("a job of a study whose name another has by now begins no trial of that one", async () => {
    const ran: number[] = [];
    const worker = await workers.start(
      objectiveOf(async ({ x }, { number }) => {
        ran.push(number);
        return x;
      }),
    );
    const old = await addStudy(store, "s");
    const [first, ...others] = await reserveTrials(store, "s", 2);
    await workers.fleet().deliver(old, [first!]);
    await untilState(store, "s", "complete", 1); // from here on the worker knows the study
    await store.renameStudy("s", "old");
    await reserveTrials(store, (await addStudy(store, "s")).name, 2);
    await workers.fleet().deliver(old, others);
    await until(() => refusals(worker).length === 1);
    expect((await trialsOf(store, "s")).map(({ state }) => state)).toEqual(["queued", "queued"]);
    expect(ran).toEqual([0]);
  });

  test("a study that it knew by another name is served", async () => {
    const worker = await workers.start(objectiveOf(async ({ x }) => x));
    await workers.deliver(1);
    await untilState(store, "s", "complete", 1);
    await store.renameStudy("s", "renamed");
    const study = await store.findStudy("renamed");
    await workers.fleet().deliver(study!, await reserveTrials(store, "renamed", 1));
    await until(() => refusals(worker).length > 0 || kindsOf(worker).filter((kind) => kind === "settled").length === 2);
    expect(refusals(worker)).toEqual([]);
  });
});
