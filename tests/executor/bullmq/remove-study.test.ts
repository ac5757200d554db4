import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { bullmqFleet } from "../../../src/executor/bullmq/fleet.ts";
import { type Demand, queueName, queuePrefix, studyQueuesKey } from "../../../src/executor/bullmq/queue-name.ts";
import { queuesOf, removeStudyFromQueues } from "../../../src/executor/bullmq/remove-study.ts";
import { WorkerQueue } from "../../../src/executor/bullmq/worker-queue.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import type { StudyRecord } from "../../../src/store/study-record.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { connect } from "./connect.ts";
import { addStudy, reserveTrials } from "./study.ts";

const PREFIX = "{test}";
const DEMANDS: readonly Demand[] = [
  { version: "v1", requires: [] },
  { version: "v2", requires: ["gpu"] },
];
const [FIRST, SECOND] = DEMANDS.map(queueName) as [string, string]; // of two demands

describeRedis("removing a study from its queues", () => {
  let server: RedisServer;
  let client: Redis;
  beforeAll(async () => {
    server = await startRedis();
    client = connect(server.url);
  });
  beforeEach(() => client.flushall());
  afterAll(async () => {
    client.disconnect();
    await server.stop();
  });

  async function deliver(name: string, demands: readonly Demand[]): Promise<StudyRecord> {
    const store = memoryStore();
    const study = await addStudy(store, name);
    const workers = { announce: async () => {}, withdraw: async () => {}, list: async () => [] };
    for (const objective of demands) {
      const fleet = bullmqFleet({ client, prefix: PREFIX, workers, objective });
      await fleet.deliver(study, await reserveTrials(store, name, 3));
      await fleet.close();
    }
    return study;
  }

  const keysOf = (queue: string): Promise<string[]> => client.keys(`${queuePrefix(PREFIX)}:${queue}:*`);

  test("takes its jobs out of a queue that another study uses, and nothing else", async () => {
    const gone = await deliver("gone", DEMANDS);
    const other = await deliver("other", DEMANDS.slice(0, 1));
    const queues = await queuesOf(gone.id, { client, prefix: PREFIX });
    expect(queues.toSorted()).toEqual([FIRST, SECOND].toSorted());
    await removeStudyFromQueues(gone.id, { client, prefix: PREFIX, queues, others: [other.id] });
    const left = await client.lrange(`${queuePrefix(PREFIX)}:${FIRST}:wait`, 0, -1);
    expect(left).toHaveLength(3);
    expect(left.every((id) => id.startsWith(other.id))).toBe(true);
    expect((await keysOf(FIRST)).filter((key) => key.includes(gone.id))).toEqual([]);
    expect(await keysOf(SECOND)).toEqual([]);
  });

  test("leaves to a worker the job that it has, which ends as any other", async () => {
    const gone = await deliver("gone", DEMANDS.slice(0, 1));
    const other = await deliver("other", DEMANDS.slice(0, 1));
    const options = { client, prefix: PREFIX, lockMs: 60_000, stalledCheckMs: 60_000, worker: "w" };
    const queue = new WorkerQueue(FIRST, options);
    const held = await queue.take("token");
    expect(held?.id).toMatch(gone.id);
    await removeStudyFromQueues(gone.id, { client, prefix: PREFIX, queues: [FIRST], others: [other.id] });
    const next = held && (await queue.finish(held, true));
    expect(next?.id).toMatch(other.id);
    expect((await keysOf(FIRST)).filter((key) => key.includes(gone.id))).toEqual([]);
    await queue.close();
  });

  test("a study that was never delivered has none", async () => {
    expect(await queuesOf("unknown", { client, prefix: PREFIX })).toEqual([]);
    expect(studyQueuesKey(PREFIX, "id")).toBe("{test}:s:id:queues");
  });
});
