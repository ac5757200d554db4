import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Consumer, type ConsumerOptions } from "../../../src/executor/bullmq/consumer.ts";
import { queueName, queuePrefix, workChannel } from "../../../src/executor/bullmq/queue-name.ts";
import { jobIdOf, type RowJob, type TrialJob } from "../../../src/executor/bullmq/trial-job.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { connect } from "./connect.ts";

const PREFIX = "{test}";
const QUEUE = queueName({ version: "v1", requires: [] });
const OTHER = queueName({ version: "v2", requires: ["gpu"] });

describeRedis("a consumer", () => {
  let server: RedisServer;
  let client: Redis;
  const queues: Queue[] = [];
  const consumers: Consumer[] = [];
  let refused: string[] = [];
  let failed: unknown[] = [];

  beforeAll(async () => {
    server = await startRedis();
    client = connect(server.url);
  });
  beforeEach(async () => {
    await client.flushall();
    refused = [];
    failed = [];
  });
  afterEach(async () => {
    for (const consumer of consumers.splice(0)) await consumer.close();
    for (const queue of queues.splice(0)) await queue.close();
  });
  afterAll(async () => {
    client.disconnect();
    await server.stop();
  });

  const listener = {
    refused: (problem: string) => refused.push(problem),
    failed: (error: unknown) => failed.push(error),
  };

  const consume = (options: Partial<ConsumerOptions> = {}): Consumer => {
    const defaults = { client, prefix: PREFIX, queues: [QUEUE], worker: "w", lockMs: 60_000, stalledCheckMs: 60_000 };
    const consumer = new Consumer({ ...defaults, pollMs: 60_000, listener, ...options });
    consumers.push(consumer);
    return consumer;
  };
  const queueOf = (name: string): Queue => {
    const queue = new Queue(name, { connection: client, prefix: queuePrefix(PREFIX) });
    queues.push(queue);
    return queue;
  };
  const jobFor = (trial: number): TrialJob => ({ v: 1, study: "s", id: "id", trial, attempt: 1 });
  const put = async (name: string, trial: number): Promise<void> => {
    const data = jobFor(trial);
    await queueOf(name).add("trial", data, { jobId: jobIdOf(data) });
  };
  const putRow = async (trial: number, count: number): Promise<RowJob> => {
    const row: RowJob = { ...jobFor(trial), v: 2, count };
    await queueOf(QUEUE).add("trial", row, { jobId: jobIdOf(row) });
    return row;
  };
  const hint = (name = QUEUE): Promise<number> => client.publish(workChannel(PREFIX, name), "");
  const sizeOf = async (name: string): Promise<Record<string, number>> => queueOf(name).getJobCounts();

  test("takes what waits, and with the end of one the next one", async () => {
    for (const trial of [0, 1]) await put(QUEUE, trial);
    const consumer = consume();
    const first = await consumer.take();
    expect(first?.job).toEqual(jobFor(0));
    const second = await consumer.finish(first!, { andTakeNext: true });
    expect(second?.job).toEqual(jobFor(1));
    expect(await consumer.finish(second!, { andTakeNext: true })).toBeNull();
    expect(await sizeOf(QUEUE)).toMatchObject({ active: 0, waiting: 0, completed: 0, failed: 0 });
    expect(failed).toEqual([]);
  });

  test("serves its queues in turn", async () => {
    for (const trial of [0, 1, 2]) await put(QUEUE, trial);
    for (const trial of [10, 11, 12]) await put(OTHER, trial);
    const consumer = consume({ queues: [QUEUE, OTHER] });
    const trials: (number | undefined)[] = [];
    for (let taken = 0; taken < 6; taken++) trials.push((await consumer.take())?.job.trial);
    expect(trials).toEqual([0, 10, 1, 11, 2, 12]);
  });

  test("is woken by a hint, whoever asked first served first", async () => {
    const consumer = consume();
    const taken = [consumer.take(), consumer.take()];
    await vi.waitFor(async () => expect(await hint()).toBe(1));
    for (const trial of [0, 1]) await put(QUEUE, trial);
    await hint();
    expect((await Promise.all(taken)).map((delivery) => delivery?.job.trial)).toEqual([0, 1]);
  });

  test("looks for as many as a hint tells of, if as many are asked for", async () => {
    const consumer = consume();
    const taken = [consumer.take(), consumer.take(), consumer.take()];
    await vi.waitFor(async () => expect(await hint()).toBe(1));
    for (const trial of [0, 1]) await put(QUEUE, trial);
    await client.publish(workChannel(PREFIX, QUEUE), "2");
    expect((await Promise.all(taken.slice(0, 2))).map((delivery) => delivery?.job.trial)).toEqual([0, 1]);
    consumer.stop();
    expect(await taken[2]).toBeNull();
  });

  test("does not look for what a hint told of where the end of a trial brought nothing", async () => {
    const consumer = consume();
    const taken = consumer.take();
    await vi.waitFor(async () => expect(await hint()).toBe(1));
    await put(QUEUE, 0);
    await client.publish(workChannel(PREFIX, QUEUE), "5");
    await client.ping(); // what came over the other connection is heard by now
    expect(await consumer.finish((await taken)!, { andTakeNext: true })).toBeNull();
    await put(QUEUE, 1);
    const next = consumer.take();
    expect(await sizeOf(QUEUE)).toMatchObject({ active: 0, waiting: 1 });
    await hint();
    expect((await next)?.job.trial).toBe(1);
  });

  test("looks by itself where the hint was lost", async () => {
    const taken = consume({ pollMs: 50 }).take();
    await put(QUEUE, 0);
    expect((await taken)?.job.trial).toBe(0);
  });

  test("what is given back is the next one, for whoever comes", async () => {
    for (const trial of [0, 1]) await put(QUEUE, trial);
    const consumer = consume();
    const first = await consumer.take();
    const waiting = consume().take();
    await waiting;
    await consumer.giveBack(first!);
    expect((await consume().take())?.job.trial).toBe(0);
  });

  test("takes nothing once stopped, and gives back at its end what it holds", async () => {
    await put(QUEUE, 0);
    const consumer = consume();
    await consumer.take();
    const waiting = consumer.take();
    consumer.stop();
    expect(await waiting).toBeNull();
    expect(await consumer.take()).toBeNull();
    await consumer.close();
    expect(await sizeOf(QUEUE)).toMatchObject({ active: 0, waiting: 1 });
  });

  test("a job that is extended stays, and one that is not goes to another worker", async () => {
    await put(QUEUE, 0);
    const lock = `${queuePrefix(PREFIX)}:${QUEUE}:${jobIdOf(jobFor(0))}:lock`;
    const first = consume({ lockMs: 60_000.5 });
    const held = await first.take();
    await client.pexpire(lock, 30_000);
    await first.extend();
    expect(await client.pttl(lock)).toBeGreaterThan(30_000);
    const taken = consume({ stalledCheckMs: 50.5, pollMs: 60_000 }).take();
    await client.del(lock); // as if its time were over
    expect((await taken)?.job.trial).toBe(0);
    // Whose lock is lost is told nothing, and what it does changes nothing.
    expect(await first.finish(held!, { andTakeNext: true })).toBeNull();
    expect(await sizeOf(QUEUE)).toMatchObject({ active: 1, waiting: 0 });
    expect(failed).toEqual([]);
  });

  test("jobs that say nothing sensible are removed and told", async () => {
    const good = jobFor(0);
    const bad: [string, string][] = [
      ["no-json", "{"],
      ["no-job", "[]"],
      ["proto", '{"v":1,"study":"s","id":"id","trial":0,"attempt":1,"__proto__":{"x":1}}'],
      ["more", JSON.stringify({ ...good, command: "rm" })],
      ["less", JSON.stringify({ v: 1, study: "s" })],
      ["other", JSON.stringify({ ...good, v: 3 })],
      ["row-of-one", JSON.stringify({ ...good, v: 2, count: 1 })],
      ["row-too-long", JSON.stringify({ ...good, v: 2, count: 1e9 })],
      ["negative", JSON.stringify({ ...good, trial: -1 })],
      ["deep", JSON.stringify(good).replace("}", `,"more":${"[".repeat(900)}${"]".repeat(900)}}`)],
      ["infinite", JSON.stringify(good).replace('"trial":0', '"trial":1e999')],
      ["big", JSON.stringify({ ...good, study: "s".repeat(100_000) })],
    ];
    const queue = queueOf(QUEUE);
    for (const [jobId, text] of bad) {
      await queue.add("trial", good, { jobId });
      await client.hset(`${queuePrefix(PREFIX)}:${QUEUE}:${jobId}`, "data", text);
    }
    await put(QUEUE, 7);
    expect((await consume().take())?.job.trial).toBe(7);
    expect(refused).toHaveLength(bad.length);
    for (const [index, [jobId]] of bad.entries()) expect(refused[index]).toContain(`"${jobId}"`);
    expect(refused[2]).toContain("__proto__");
    expect(refused.at(-1)).toMatch(/100\d+ characters/);
    expect(await sizeOf(QUEUE)).toMatchObject({ active: 1, waiting: 0, failed: 0, completed: 0 });
  });

  test("brings the trials of a row to as many as ask, and removes the row after the last of them", async () => {
    await putRow(3, 4);
    const consumer = consume();
    const taken = await Promise.all([3, 4, 5, 6].map(() => consumer.take()));
    expect(taken.map((delivery) => delivery?.job)).toEqual([3, 4, 5, 6].map(jobFor));
    for (const delivery of taken.slice(1)) expect(await consumer.finish(delivery!, { andTakeNext: true })).toBeNull();
    expect(await sizeOf(QUEUE)).toMatchObject({ active: 1, waiting: 0 });
    const waiting = consumer.take();
    await vi.waitFor(async () => expect(await hint()).toBe(1));
    await putRow(7, 2);
    const atOnce = await consumer.finish(taken[0]!, { andTakeNext: true });
    const next = atOnce ?? (await consumer.take()); // the row may still be on its way to the one that waits
    const last = await waiting;
    expect([next?.job.trial, last?.job.trial].toSorted()).toEqual([7, 8]);
    for (const delivery of [next, last]) await consumer.finish(delivery!, { andTakeNext: false });
    expect(await sizeOf(QUEUE)).toMatchObject({ active: 0, waiting: 0 });
  });

  test("puts back what nobody asked for of a row, as the next ones for another worker", async () => {
    await putRow(0, 5);
    await put(QUEUE, 9);
    const [one, other] = [consume(), consume()];
    const first = await one.take();
    const next = await Promise.all([1, 2, 3, 4, 9].map(() => other.take()));
    expect(next.map((delivery) => delivery?.job.trial)).toEqual([1, 2, 3, 4, 9]);
    expect(await sizeOf(QUEUE)).toMatchObject({ active: 3, waiting: 0 });
    await one.finish(first!, { andTakeNext: false });
    expect(await sizeOf(QUEUE)).toMatchObject({ active: 2 });
  });

  test("gives one trial of a row back while the others go on", async () => {
    await putRow(0, 2);
    const consumer = consume();
    const [first, second] = await Promise.all([consumer.take(), consumer.take()]);
    await consumer.giveBack(first!);
    expect((await consume().take())?.job.trial).toBe(0);
    await consumer.extend();
    await consumer.finish(second!, { andTakeNext: false });
    expect(await sizeOf(QUEUE)).toMatchObject({ active: 1, waiting: 0 });
  });

  test("the row of a worker that is gone comes back whole", async () => {
    const row = await putRow(0, 3);
    const gone = consume();
    await gone.take();
    expect((await consume().take())?.job.trial).toBe(1);
    await client.del(`${queuePrefix(PREFIX)}:${QUEUE}:${jobIdOf(row)}:lock`); // as if its time were over
    const after = consume({ stalledCheckMs: 50 });
    const back = await Promise.all([0, 1, 2, 2].map(() => after.take()));
    // Trial 2 waits by itself as well. The store knows which of them are done.
    expect(back.map((delivery) => delivery?.job.trial).toSorted()).toEqual([0, 1, 2, 2]);
  });

  test("gives rows back at its end", async () => {
    await putRow(0, 3);
    const consumer = consume();
    await Promise.all([consumer.take(), consumer.take(), consumer.take()]);
    await consumer.close();
    const taken = await Promise.all([0, 1, 2].map(() => consume().take()));
    expect(taken.map((delivery) => delivery?.job.trial).toSorted()).toEqual([0, 1, 2]);
  });

  test("a second delivery of the same attempt is none", async () => {
    for (let times = 0; times < 3; times++) await put(QUEUE, 0);
    expect(await sizeOf(QUEUE)).toMatchObject({ waiting: 1 });
    await consume().take();
    await put(QUEUE, 0);
    expect(await sizeOf(QUEUE)).toMatchObject({ active: 1, waiting: 0 });
  });

  test("after the loss of every key it goes on with what is delivered next", async () => {
    await put(QUEUE, 0);
    const consumer = consume({ pollMs: 50 });
    const lost = await consumer.take();
    await client.flushall();
    await consumer.extend();
    expect(await consumer.finish(lost!, { andTakeNext: true })).toBeNull();
    await put(QUEUE, 1);
    expect((await consumer.take())?.job.trial).toBe(1);
    expect(failed).toEqual([]);
  });

  test("has one connection more than it is given, however many queues", async () => {
    const before = (await client.client("LIST")) as string;
    const consumer = consume({ queues: ["a", "b", "c", "d", "e"] });
    void consumer.take();
    await vi.waitFor(async () => expect(await client.publish(workChannel(PREFIX, "e"), "")).toBe(1));
    const after = (await client.client("LIST")) as string;
    expect(after.trim().split("\n").length - before.trim().split("\n").length).toBe(1);
  });
});
