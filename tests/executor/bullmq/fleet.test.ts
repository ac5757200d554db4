import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { bullmqFleet } from "../../../src/executor/bullmq/fleet.ts";
import { type Demand, queueName, queuePrefix, workChannel } from "../../../src/executor/bullmq/queue-name.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import type { StudyRecord } from "../../../src/store/study-record.ts";
import type { WorkerRecord } from "../../../src/store/worker-record.ts";
import type { QueuedTrial } from "../../../src/trial/trial.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { connect } from "./connect.ts";
import { addStudy, reserveTrials } from "./study.ts";

const PREFIX = "{test}";
const OBJECTIVE: Demand = { version: "v1", requires: ["gpu"] };

function worker(change: Partial<WorkerRecord>): WorkerRecord {
  const objective = { name: "sweep", ...OBJECTIVE, commit: null, changedAtMs: 0 };
  const about = { id: "w", host: "h", pid: 1, startedAtMs: 0, gpus: [], parzen: "1", node: "1" };
  const offer = { slots: 4, tags: ["gpu", "big"], objectives: [objective] };
  return { ...about, ...offer, trials: [], state: "serving", reason: null, notes: {}, ...change };
}

describeRedis("a fleet over BullMQ", () => {
  let server: RedisServer;
  let client: Redis;
  let workers: WorkerRecord[] = [];
  const list = async () => workers.map((worker) => ({ ...worker, silentMs: 0 }));
  const registry = { announce: async () => {}, withdraw: async () => {}, list };
  const fleetOf = (objective: Demand = OBJECTIVE) =>
    bullmqFleet({ client, prefix: PREFIX, workers: registry, objective });

  beforeAll(async () => {
    server = await startRedis();
    client = connect(server.url);
  });
  beforeEach(() => client.flushall());
  afterAll(async () => {
    client.disconnect();
    await server.stop();
  });

  async function queuedTrials(count: number): Promise<{ study: StudyRecord; trials: QueuedTrial[] }> {
    const store = memoryStore();
    const study = await addStudy(store, "s");
    return { study, trials: await reserveTrials(store, "s", count) };
  }

  test("counts the slots of workers that serve the objective in its version and have its tags", async () => {
    const objective = { name: "sweep", ...OBJECTIVE, commit: null, changedAtMs: 0 };
    workers = [
      worker({}),
      worker({ slots: 3 }),
      worker({ slots: 10, state: "draining" }),
      worker({ slots: 20, state: "sick", reason: "no disk" }),
      worker({ slots: 40, tags: ["big"] }),
      worker({ slots: 80, objectives: [{ ...objective, version: "v2" }] }),
    ];
    const fleet = fleetOf();
    const { study } = await queuedTrials(0);
    expect(await fleet.slots(study)).toBe(7);
    await fleet.close();
  });

  test("delivers each attempt once, in order, and tells who waits", async () => {
    const { study, trials } = await queuedTrials(3);
    const fleet = fleetOf();
    const subscriber = client.duplicate();
    const waiting = `${queuePrefix(PREFIX)}:${queueName(OBJECTIVE)}:wait`;
    const heard = new Promise((resolve) => {
      subscriber.once("message", async (_channel, jobs) => resolve([jobs, await client.llen(waiting)]));
    });
    await subscriber.subscribe(workChannel(PREFIX, queueName(OBJECTIVE)));
    const delivered = fleet.deliver(study, trials);
    expect(await heard).toEqual(["3", 3]);
    await Promise.all([delivered, fleet.deliver(study, trials.slice(1))]);
    const queue = new Queue(queueName(OBJECTIVE), { connection: client, prefix: queuePrefix(PREFIX) });
    const jobs = await queue.getWaiting(0, -1);
    expect(jobs.map(({ id }) => id)).toEqual([0, 1, 2].map((number) => `${study.id}-${number}-1`));
    expect(jobs[0]?.data).toEqual({ v: 1, study: "s", id: study.id, trial: 0, attempt: 1 });
    subscriber.disconnect();
    await queue.close();
    await fleet.close();
  });

  test("delivers new trials in rows, and what may have got lost by itself, once", async () => {
    const { study, trials } = await queuedTrials(10);
    const fleet = fleetOf();
    await fleet.deliver(study, [...trials.slice(0, 3), ...trials.slice(4)], { isFirst: true });
    const queue = new Queue(queueName(OBJECTIVE), { connection: client, prefix: queuePrefix(PREFIX) });
    const idsOf = async () => (await queue.getWaiting(0, -1)).map(({ id }) => id?.slice(study.id.length));
    expect(await idsOf()).toEqual(["-0-1x3", "-4-1x6"]);
    for (let times = 0; times < 2; times++) await fleet.deliver(study, trials.slice(2, 4));
    expect(await idsOf()).toEqual(["-0-1x3", "-4-1x6", "-2-1", "-3-1"]);
    await queue.close();
    await fleet.close();
  });

  test("two versions and two sets of tags have queues of their own", async () => {
    const { study, trials } = await queuedTrials(1);
    const demands = [OBJECTIVE, { ...OBJECTIVE, version: "v2" }, { ...OBJECTIVE, requires: [] }];
    for (const demand of demands) {
      const fleet = fleetOf(demand);
      await fleet.deliver(study, trials);
      await fleet.close();
    }
    for (const demand of demands) {
      const queue = new Queue(queueName(demand), { connection: client, prefix: queuePrefix(PREFIX) });
      expect(await queue.getWaitingCount()).toBe(1);
      await queue.close();
    }
  });

  test("every key is in one slot of a Cluster, and few events are kept", async () => {
    const { study, trials } = await queuedTrials(200);
    const fleet = fleetOf();
    for (let times = 0; times < 5; times++) await fleet.deliver(study, trials);
    const keys = await client.keys("*");
    expect(keys.length).toBeGreaterThan(200);
    for (const key of keys) expect(key).toMatch(/^\{test\}:/);
    // BullMQ trims roughly, by whole nodes of a stream.
    expect(await client.xlen(`${queuePrefix(PREFIX)}:${queueName(OBJECTIVE)}:events`)).toBeLessThan(250);
    await fleet.close();
  });
});

test("a queue's name has no colon, whatever a tag has, and does not depend on the order of tags", () => {
  expect(queueName({ version: "v1", requires: [] })).toBe("any-v1");
  expect(queueName({ version: "v1", requires: ["b", "a", "b"] })).toBe("a+b-v1");
  expect(queueName({ version: "v1", requires: ["a:b", "c+d"] })).toBe("a%3Ab+c%2Bd-v1");
});
