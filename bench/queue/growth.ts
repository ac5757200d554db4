import { Redis } from "ioredis";
import type { RedisServer } from "../redis.ts";
import { median } from "../search/statistics.ts";
import { drive, serve } from "./processes.ts";
import { redisCpu } from "./throughput.ts";

export interface Growth {
  readonly finished: number;
  /** Milliseconds of wall time for each trial. */
  readonly ms: number;
  readonly ofFirst: number;
  /** Microseconds of CPU for each trial. */
  readonly driverUs: number;
  readonly redisUs: number;
  /** Until a new process has delivered its first trial. */
  readonly resumeSeconds: number;
  readonly bytesPerTrial: number;
}

/** What a trial costs after so many finished ones: the sizes in turn, so that each meets the same machine. */
export async function growth(
  redis: RedisServer,
  { sizes, trials, repetitions }: { sizes: readonly number[]; trials: number; repetitions: number },
): Promise<readonly Growth[]> {
  const place = { url: redis.url, port: redis.port };
  const bytes = new Map<number, number>();
  for (const finished of sizes) {
    const before = await usedMemory(redis.port);
    await drive("history.mjs", { ...place, study: `of ${finished}`, finished });
    bytes.set(finished, ((await usedMemory(redis.port)) - before) / finished);
  }
  const resumes = new Map<number, number[]>(sizes.map((finished) => [finished, []]));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [finished, seconds] of resumes) {
      const resumed = await drive<{ seconds: number }>("drive/resume.mjs", { ...place, study: `of ${finished}` });
      seconds.push(resumed.seconds);
    }
  }
  const workers = await Promise.all([1, 2].map(() => serve("serve/parzen.mjs", { ...place, slots: 8 })));
  const runs = new Map<number, { ms: number; driverUs: number; redisUs: number }[]>(sizes.map((size) => [size, []]));
  const counted = { warm: Math.round(trials / 2), trials, outstanding: 16 };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [finished, done] of runs) {
      let before = Promise.resolve(0);
      const driven = await drive("drive/parzen.mjs", { ...place, ...counted, study: `of ${finished}` }, () => {
        before = redisCpu(redis.port);
      });
      const redisSeconds = (await redisCpu(redis.port)) - (await before);
      const each = (seconds: number): number => (seconds * 1e6) / trials;
      done.push({ ms: each(driven.seconds) / 1000, driverUs: each(driven.cpuSeconds), redisUs: each(redisSeconds) });
    }
  }
  await Promise.all(workers.map((worker) => worker.end()));
  const first = runs.get(sizes[0] ?? 0) ?? [];
  return [...runs].map(([finished, done]) => ({
    finished,
    ms: median(done.map(({ ms }) => ms)),
    ofFirst: median(done.map(({ ms }, at) => ms / (first[at]?.ms ?? Number.NaN))),
    driverUs: median(done.map(({ driverUs }) => driverUs)),
    redisUs: median(done.map(({ redisUs }) => redisUs)),
    resumeSeconds: median(resumes.get(finished) ?? []),
    bytesPerTrial: bytes.get(finished) ?? Number.NaN,
  }));
}

async function usedMemory(port: number): Promise<number> {
  const client = new Redis({ port });
  const info = await client.info("memory");
  client.disconnect();
  return Number(info.match(/used_memory:(\d+)/)?.[1]);
}
