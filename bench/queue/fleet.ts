import { setTimeout as sleep } from "node:timers/promises";
import type { RedisServer } from "../redis.ts";
import { drive, type Server, serve } from "./processes.ts";
import { redisCpu } from "./redis-usage.ts";

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
  const trials = { study: "restart", warm: 0, trials: 1_000_000, outstanding: workers };
  void drive("drive/parzen.mjs", { ...place, ...trials }).catch(() => undefined);
  await allBegin(serving, workers);
  await redis.kill();
  await sleep(3000);
  await redis.restart();
  const back = performance.now();
  await allBegin(serving, workers);
  const seconds = (performance.now() - back) / 1000;
  await serving.end();
  return seconds;
}

/** Resolves when each worker has begun a trial from now on: it prints its name then. */
function allBegin({ heard }: Server, workers: number): Promise<void> {
  const begun = new Set<string>();
  return new Promise((resolve) => {
    const hear = (line: string): void => {
      if (begun.add(line).size < workers) return;
      heard.delete(hear);
      resolve();
    };
    heard.add(hear);
  });
}
