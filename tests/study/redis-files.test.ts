import { afterAll, beforeAll, expect, it } from "vitest";
import { createStudy, hp, inProcess, openStudy, random } from "../../src/index.ts";
import { openRedisStore } from "../../src/store/redis/redis.ts";
import type { RedisStore } from "../../src/store/redis/redis-store.ts";
import type { TrialContext } from "../../src/trial/context.ts";
import { describeRedis } from "../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../redis/server.ts";

describeRedis("files of a study in Redis", () => {
  let server: RedisServer;
  let store: RedisStore;
  beforeAll(async () => {
    server = await startRedis({ aof: true, args: ["--appendfsync", "always"] });
    store = await openRedisStore(server.url, { warn: () => undefined });
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  const space = { x: hp.uniform(0, 1) };
  const files = async (name: string): Promise<readonly string[]> =>
    store.artifacts.list((await store.findStudy(name))?.id ?? "");

  it("are those of the three best trials where nothing else was said, and none once it is deleted", async () => {
    const study = await createStudy({ name: "models", space, store, sampler: random(), maxTrials: 8 });
    await study.optimize(async (_params, { number, artifacts }) => {
      await artifacts.write("model", new Uint8Array([number]));
      return Math.abs(number - 4);
    });
    expect(await files("models")).toEqual(["3/model", "4/model", "5/model"]);
    await store.deleteStudy("models");
    expect(await store.client.keys("{parzen}:s:*")).toEqual([]);
  });

  it("fail the trial that cannot keep its model, and the study goes on", async () => {
    const study = await createStudy({ name: "large", space, store, sampler: random(), maxTrials: 2 });
    await study.optimize(async (_params, { number, artifacts }) => {
      await artifacts.write("model", new Uint8Array(number === 0 ? 1024 * 1024 + 1 : 1));
      return 1;
    });
    const message = expect.stringMatching(/^model has 1\.01 MB, .* 1 MB of one file; .*--artifacts <folder>, /);
    expect(await study.trials()).toMatchObject([{ state: "failed", reason: "error", message }, { state: "complete" }]);
  });

  it("wait while the server is away, and a checkpoint is gone on from by whoever opens the study", async () => {
    const objective = async ({ attempt, checkpoint, report }: TrialContext): Promise<number> => {
      const saved = await checkpoint.load();
      for (let step = (saved?.step ?? -1) + 1; step < 6; step++) {
        await report(step, attempt);
        if (step === 2 && attempt === 1) {
          await server.kill();
          void server.restart();
        }
        await checkpoint.save(step, new Uint8Array([step]));
        if (step === 3 && attempt === 1) throw new Error("once");
      }
      return saved?.step ?? -1;
    };
    const study = await createStudy({ name: "away", space, store, maxTrials: 1, errorRetries: 1 });
    const halt = new AbortController();
    study.on("settled", () => halt.abort());
    const executor = (): ReturnType<typeof inProcess> =>
      inProcess({ objective: (_params, trial) => objective(trial), space: study.space });
    await study.drive(executor(), { halt: halt.signal });
    expect(await files("away")).toHaveLength(2);
    const other = await openRedisStore(server.url, { warn: () => undefined });
    await (await openStudy({ name: "away", store: other })).drive(executor());
    const [trial] = (await other.snapshot("away", 0)).trials;
    expect(trial).toMatchObject({ state: "complete", losses: [3], attempt: 2 });
    expect(trial?.reports.map(({ value }) => value)).toEqual([1, 1, 1, 1, 2, 2]);
    expect(await files("away")).toEqual([]);
    await other.close();
  });
});
