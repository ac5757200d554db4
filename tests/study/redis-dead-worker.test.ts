import { expect, it } from "vitest";
import { createStudy, hp, random } from "../../src/index.ts";
import { openRedisStore } from "../../src/store/redis/redis.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import { describeRedis } from "../redis/describe-redis.ts";
import { startRedis } from "../redis/server.ts";

describeRedis("a worker that died while nobody else works", () => {
  it("loses its trial by its own lease, however much longer that of the driver is", async () => {
    const server = await startRedis();
    const store = await openRedisStore(server.url, { warn: () => undefined });
    const study = await createStudy({ name: "s", space: { x: hp.uniform(0, 1) }, store, sampler: random() });
    const number = (await study.enqueue({ x: 0.5 })) ?? -1;
    await store.claim("s", number, { holder: { ...thisHolder(0), host: "dead" }, leaseMs: 5000, version: null });
    const halt = new AbortController();
    const delivered = new Promise<number | undefined>((resolve) => {
      const fleet = {
        slots: async () => 0,
        deliver: async (_study: unknown, [trial]: readonly { readonly attempt: number }[]) => resolve(trial?.attempt),
        close: async () => undefined,
      };
      void study.drive(fleet, { halt: halt.signal, leaseMs: 60_000 });
    });
    expect(await delivered).toBe(1);
    halt.abort();
    await study.close();
    await store.close();
    await server.stop();
  });
});
