import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { Consumer } from "../../../src/executor/bullmq/consumer.ts";
import { bullmqFleet } from "../../../src/executor/bullmq/fleet.ts";
import { queueName } from "../../../src/executor/bullmq/queue-name.ts";
import { type RedisStore, redisStore } from "../../../src/store/redis/index.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { addStudy, reserveTrials } from "./study.ts";

const OBJECTIVE = { version: "v1", requires: [] };
/** More than an answer takes where a busy disk has every write: one that came late would take the trial with it. */
const ANSWER_MS = 1000;

interface Site {
  readonly server: RedisServer;
  readonly store: RedisStore;
}

async function begin(): Promise<Site> {
  const server = await startRedis({ aof: true, args: ["--appendfsync", "always"] });
  // A machine with other things to do may take longer for the first answer than a call may.
  const open = () => redisStore(server.url, { commandTimeoutMs: ANSWER_MS, warn: () => {} });
  const store = await vi.waitFor(open, 30_000);
  onTestFinished(async () => {
    await store.close();
    await server.stop();
  });
  return { server, store };
}

function consume({ client, prefix }: RedisStore, pollMs: number): Consumer {
  const listener = { refused: () => {}, failed: () => {} };
  const times = { lockMs: 600_000, stalledCheckMs: 600_000, pollMs };
  const consumer = new Consumer({ client, prefix, queues: [queueName(OBJECTIVE)], worker: "w", ...times, listener });
  onTestFinished(() => consumer.close());
  return consumer;
}

describeRedis("a queue whose server is away", () => {
  test("from its beginning on, serves and delivers when it is back", async () => {
    const { server, store } = await begin();
    const study = await addStudy(store, "s");
    const trials = await reserveTrials(store, "s", 1);
    await server.kill("SIGSTOP");
    const consumer = consume(store, 100);
    const taken = consumer.take();
    const { client, prefix, workers } = store;
    const fleet = bullmqFleet({ client, prefix, workers, objective: OBJECTIVE });
    await sleep(2 * ANSWER_MS);
    server.cont();
    await vi.waitFor(() => fleet.deliver(study, trials), 30_000);
    expect((await taken)?.job.trial).toBe(0);
    await fleet.close();
  });

  test("gives what waits to who still asks, not to looks that were given up", async () => {
    const { server, store } = await begin();
    const study = await addStudy(store, "s");
    const { client, prefix, workers } = store;
    const fleet = bullmqFleet({ client, prefix, workers, objective: OBJECTIVE });
    await fleet.deliver(study, await reserveTrials(store, "s", 1));
    await server.kill();
    const taken = consume(store, 20).take();
    await sleep(2 * ANSWER_MS);
    await server.restart();
    expect((await taken)?.job.trial).toBe(0);
    await fleet.close();
  });
});
