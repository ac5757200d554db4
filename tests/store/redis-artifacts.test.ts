import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Artifacts } from "../../src/artifacts/artifacts.ts";
import { memoryStore } from "../../src/store/memory.ts";
import { redisArtifacts } from "../../src/store/redis/artifacts.ts";
import { Keys } from "../../src/store/redis/server/keys.ts";
import type { Store } from "../../src/store/store.ts";
import { ARTIFACT_CHECKS } from "../../src/testing/store/artifacts.ts";
import { checkStore } from "../../src/testing/store/contract.ts";
import { describeRedis } from "../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../redis/server.ts";
import { rejectionOf } from "../thrown-by.ts";

describeRedis("artifacts in Redis", () => {
  let server: RedisServer;
  let client: Redis;
  beforeAll(async () => {
    server = await startRedis();
    client = new Redis(server.url, { maxRetriesPerRequest: null });
  });
  afterEach(() => client.flushall());
  afterAll(async () => {
    client.disconnect();
    await server.stop();
  });

  const artifacts = (limits: { maxFileBytes?: number; quotaBytes?: number } = {}): Artifacts =>
    redisArtifacts({ client, keys: new Keys("parzen"), ...limits });

  test.each(ARTIFACT_CHECKS)("$name", async (check) => {
    await checkStore(check, async ({ now }) => withArtifacts(memoryStore({ now }), artifacts()));
  });

  test("a file of one byte more than may be is refused for good, and says where it could go", async () => {
    const files = artifacts({ maxFileBytes: 10 }).of("study", 0, 1);
    await files.write("model", new Uint8Array(10));
    const error = await rejectionOf(() => files.write("model", new Uint8Array(11)));
    expect(error).toMatchObject({
      code: "ARTIFACT_REFUSED",
      message: expect.stringMatching(/^model has 11 bytes, .*--artifacts <folder>/),
    });
    expect(await files.read("model")).toEqual(new Uint8Array(10));
  });

  test("the files of a study share its quota, whoever writes them, and give back what they had", async () => {
    const study = artifacts({ quotaBytes: 100 });
    await study.of("study", 0, 1).write("a", new Uint8Array(60));
    const given = await Promise.allSettled(
      [1, 2, 3, 4].map((trial) => study.of("study", trial, 1).write("b", new Uint8Array(20))),
    );
    expect(given.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    const more = (bytes: number): Promise<unknown> => study.of("study", 9, 1).write("c", new Uint8Array(bytes));
    expect(await rejectionOf(() => more(1))).toMatchObject({ code: "ARTIFACT_REFUSED" });
    await study.of("study", 0, 1).write("a", new Uint8Array(30));
    await more(30);
    await study.of("study", 0, 1).removeFile("a");
    await study.of("study", 0, 1).removeFile("a");
    await study.of("study", 0, 1).write("d", new Uint8Array(30));
    expect(await rejectionOf(() => more(31))).toMatchObject({ code: "ARTIFACT_REFUSED" });
    await study.of("study", 0, 1).remove();
    await more(60);
    await artifacts({ quotaBytes: 100 }).of("other", 0, 1).write("a", new Uint8Array(100));
  });

  test("bytes come back as they were, every one of them", async () => {
    const bytes = Uint8Array.from({ length: 1024 * 1024 }, (_, index) => index % 256);
    const files = artifacts().of("study", 0, 1);
    await files.write("model", bytes);
    expect(Buffer.compare((await files.read("model")) ?? new Uint8Array(), bytes)).toBe(0);
  });

  test("nothing is left of what was removed", async () => {
    const all = artifacts();
    for (const trial of [0, 1, 12]) await all.of("study", trial, 1).write("model", new Uint8Array(trial));
    await all.removeStudy("study");
    expect(await client.keys("*")).toEqual([]);
    for (const name of ["a", "b"]) await all.of("study", 3, 1).write(name, new Uint8Array(1));
    for (const name of ["a", "b"]) await all.of("study", 3, 1).removeFile(name);
    expect(await client.keys("*")).toEqual([]);
    await all.of("study", 4, 1).write("a", new Uint8Array(1));
    expect(await client.keys("*")).toEqual(expect.arrayContaining(["{parzen}:s:study:f", "{parzen}:s:study:f:4"]));
    await all.of("study", 4, 1).remove();
    expect(await client.keys("*")).toEqual([]);
  });
});

/** A store whose files are elsewhere. */
function withArtifacts(store: Store, artifacts: Artifacts): Store {
  const own: Partial<Store> = {
    artifacts,
    collectArtifacts: async (name) => {
      const { study } = await store.snapshot(name, 0);
      const attemptAt = async (trial: number): Promise<number> => (await store.findTrial(name, trial)).attempt;
      return artifacts.collect(study.id, { count: async () => study.nextNumber, attemptAt });
    },
  };
  return new Proxy(store, {
    get: (target, key) => {
      const value: unknown = Reflect.get(key in own ? own : target, key);
      return typeof value === "function" ? value.bind(key in own ? own : target) : value;
    },
  });
}
