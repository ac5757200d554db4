import { afterEach, beforeEach, expect, test } from "vitest";
import { createStudy, openStudy, random, successiveHalving } from "../../src/index.ts";
import { type RedisStore, redisStore } from "../../src/store/redis/index.ts";
import { addStudy, reserveTrials, SPACE } from "../executor/bullmq/study.ts";
import { describeRedis } from "../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../redis/server.ts";
import { objectiveOf, trialsOf, until, untilState, Workers } from "./harness.ts";

const PREFIX = "{parzen}";
const DEMAND = { version: "v1", requires: [] };

describeRedis("a study over a queue", () => {
  let server: RedisServer;
  const stores: RedisStore[] = [];
  let workers: Workers;

  beforeEach(async () => {
    server = await startRedis();
    const store = await open();
    workers = new Workers(store, store.client, store.workers);
  });
  afterEach(async () => {
    await workers.end();
    for (const store of stores.splice(0)) await store.close();
    await server.stop();
  });

  async function open(): Promise<RedisStore> {
    const store = await redisStore(server.url, { warn: () => {} });
    stores.push(store);
    return store;
  }

  test("with two drivers and three workers has every number once and no configuration twice", async () => {
    for (let each = 0; each < 3; each++) {
      await workers.start(
        objectiveOf(async ({ x }, trial) => {
          await trial.report(0, x);
          return x;
        }),
        { prefix: PREFIX },
      );
    }
    const store = await open();
    const study = await createStudy({ name: "s", space: SPACE, store, maxTrials: 200, seed: 1, sampler: random() });
    const other = await openStudy({ name: "s", store: await open() });
    const ends = await Promise.all([
      study.drive(workers.fleet(DEMAND, PREFIX)),
      other.drive(workers.fleet(DEMAND, PREFIX), { join: true }),
    ]);
    expect(ends).toEqual(["maxTrials", "maxTrials"]);
    const trials = await trialsOf(store, "s");
    expect(trials.map(({ number, state }) => `${number} ${state}`)).toEqual(
      Array.from({ length: 200 }, (_, number) => `${number} complete`),
    );
    expect(new Set(trials.map(({ assignment }) => assignment["x"])).size).toBe(200);
    for (const { attempt } of trials) expect(attempt).toBe(1);
  });

  test("has each trial run once that comes with the end of another", async () => {
    const store = await open();
    const study = await addStudy(store, "s");
    await workers.fleet(DEMAND, PREFIX).deliver(study, await reserveTrials(store, "s", 12));
    const ran: number[] = [];
    const objective = objectiveOf(
      async ({ x }, { number }) => {
        ran.push(number);
        return x;
      },
      { slots: 1 },
    );
    await workers.start(objective, { prefix: PREFIX, slots: 1, pollMs: 600_000 });
    await untilState(store, "s", "complete", 12);
    expect(ran).toEqual(Array.from({ length: 12 }, (_, number) => number));
  });

  test("has its driver prune what workers report, while it runs", async () => {
    await workers.start(
      objectiveOf(async ({ x }, trial) => {
        for (let epoch = 1; x > 0 || epoch <= 9; epoch++) {
          if ((await trial.report(epoch, x + 1 / epoch)) === "prune") break;
          if (x > 0) await new Promise((resolve) => setTimeout(resolve, 5));
        }
        return x;
      }),
      { prefix: PREFIX },
    );
    const store = await open();
    const fidelity = { name: "epochs", max: 9 };
    const pruner = successiveHalving();
    const study = await createStudy({ name: "s", space: SPACE, store, maxTrials: 4, pruner, fidelity });
    for (const x of [0, 0.25, 0.5, 1]) await study.enqueue({ x });
    expect(await study.drive(workers.fleet(DEMAND, PREFIX), { parallelism: 1 })).toBe("maxTrials");
    const trials = await trialsOf(store, "s");
    expect(trials.map(({ state }) => state)).toEqual(["complete", "pruned", "pruned", "pruned"]);
    expect((await openStudy({ name: "s", store, fidelity, pruner })).name).toBe("s");
  });

  test("waits for workers, and is paused and resumed from elsewhere without losing a trial", async () => {
    const store = await open();
    const study = await createStudy({ name: "s", space: SPACE, store, maxTrials: 40, seed: 1, sampler: random() });
    const driven = study.drive(workers.fleet(DEMAND, PREFIX));
    let finished = 0;
    study.on("settled", ({ trial }) => {
      finished += trial.state === "complete" ? 1 : 0;
    });
    const { worker } = await workers.start(
      objectiveOf(async ({ x }) => new Promise((resolve) => setTimeout(resolve, 20, x))),
      { prefix: PREFIX },
    );
    await until(() => finished >= 5);
    const elsewhere = await open();
    await elsewhere.setControl("s", "paused", null);
    await until(async () => (await trialsOf(elsewhere, "s")).every(({ state }) => state !== "running"));
    await elsewhere.setControl("s", "running", null);
    // Half way, the only worker leaves and another one takes its place.
    await until(() => finished >= 15);
    worker.handBack();
    await worker.done;
    await workers.start(
      objectiveOf(async ({ x }) => x),
      { prefix: PREFIX },
    );
    expect(await driven).toBe("maxTrials");
    const trials = await trialsOf(store, "s");
    expect(trials.map(({ state }) => state)).toEqual(Array(40).fill("complete"));
    for (const { lost } of trials) expect(lost).toBe(0);
  });
});
