import { setTimeout as sleep } from "node:timers/promises";
import type { RedisServer } from "../redis.ts";
import { drive, serve } from "./processes.ts";
import { redisCpu } from "./throughput.ts";

export interface Efficiency {
  readonly sampler: string;
  readonly slots: number;
  /** Of the slots' time in which a trial ran, from the first proposal to the last result. */
  readonly efficiency: number;
  readonly driverUs: number;
  readonly redisUs: number;
}

/** Trials that sleep for a second on the slots of one worker process. */
export async function efficiency(
  redis: RedisServer,
  { slots, rounds, sampler }: { slots: number; rounds: number; sampler: string },
): Promise<Efficiency> {
  const place = { url: redis.url, port: redis.port };
  const worker = await serve("serve/parzen.mjs", { ...place, slots, sleepMs: 1000 });
  const trials = slots * rounds;
  const before = await redisCpu(redis.port);
  const study = `sleep ${sampler} ${slots}`;
  const driven = await drive("drive/parzen.mjs", { ...place, study, sampler, warm: 0, trials, outstanding: slots });
  const redisUs = (((await redisCpu(redis.port)) - before) * 1e6) / trials;
  await worker.end();
  return {
    sampler,
    slots,
    efficiency: rounds / driven.seconds,
    driverUs: (driven.cpuSeconds * 1e6) / trials,
    redisUs,
  };
}

/** Kills Redis under so many in-process workers. @returns seconds from its return until each has begun a trial */
export async function restart(redis: RedisServer, workers: number): Promise<number> {
  const place = { url: redis.url, port: redis.port };
  const serving = await serve("serve/parzen.mjs", { ...place, slots: 1, sleepMs: 500, count: workers });
  const driven = drive("drive/parzen.mjs", {
    ...{ ...place, study: "restart", warm: 0, trials: 1_000_000, outstanding: workers },
  }).catch(() => undefined);
  const all = async (): Promise<void> => {
    const begun = new Set<string>();
    await new Promise<void>((resolve) => {
      const hear = (line: string): void => {
        if (begun.add(line).size < workers) return;
        serving.heard.delete(hear);
        resolve();
      };
      serving.heard.add(hear);
    });
  };
  await all();
  await redis.kill();
  await sleep(3000);
  await redis.restart();
  const back = performance.now();
  await all();
  const seconds = (performance.now() - back) / 1000;
  await serving.end();
  void driven;
  return seconds;
}
