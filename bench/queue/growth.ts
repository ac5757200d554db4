import type { RedisServer } from "../redis.ts";
import { median } from "../search/statistics.ts";
import { drive, serve } from "./processes.ts";
import { redisCpu, redisMemory } from "./redis-usage.ts";

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

interface Options {
  /** Numbers of finished trials. */
  readonly sizes: readonly number[];
  readonly trials: number;
  readonly repetitions: number;
}

/** What one trial costs. */
type Cost = Pick<Growth, "ms" | "driverUs" | "redisUs">;

/** What a trial costs after so many finished ones: the sizes in turn, so that each meets the same machine. */
export async function growth(redis: RedisServer, options: Options): Promise<readonly Growth[]> {
  const bytes = new Map<number, number>();
  for (const finished of options.sizes) bytes.set(finished, await history(redis, finished));
  const resumes = await inTurn(options, (finished) => resumeSeconds(redis, finished));
  const workers = await Promise.all([1, 2].map(() => serve("serve/parzen.mjs", { ...placeOf(redis), slots: 8 })));
  const runs = await inTurn(options, (finished) => cost(redis, finished, options.trials));
  await Promise.all(workers.map((worker) => worker.end()));
  const first = runs.get(options.sizes[0] ?? 0) ?? [];
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

function placeOf({ url, port }: RedisServer): { readonly url: string; readonly port: number } {
  return { url, port };
}

function studyOf(finished: number): string {
  return `of ${finished}`;
}

/** Measures each size once in each repetition. */
async function inTurn<T>(
  { sizes, repetitions }: Options,
  measure: (finished: number) => Promise<T>,
): Promise<ReadonlyMap<number, readonly T[]>> {
  const measured = new Map<number, T[]>(sizes.map((finished) => [finished, []]));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [finished, done] of measured) done.push(await measure(finished));
  }
  return measured;
}

/** Makes a study of so many finished trials. @returns bytes for each of them */
async function history(redis: RedisServer, finished: number): Promise<number> {
  const before = await redisMemory(redis.port);
  await drive("history.mjs", { ...placeOf(redis), study: studyOf(finished), finished });
  return ((await redisMemory(redis.port)) - before) / finished;
}

async function resumeSeconds(redis: RedisServer, finished: number): Promise<number> {
  const study = studyOf(finished);
  const { seconds } = await drive<{ seconds: number }>("drive/resume.mjs", { ...placeOf(redis), study });
  return seconds;
}

async function cost(redis: RedisServer, finished: number, trials: number): Promise<Cost> {
  const counted = { warm: Math.round(trials / 2), trials, outstanding: 16 };
  let before = Promise.resolve(0);
  const driven = await drive("drive/parzen.mjs", { ...placeOf(redis), ...counted, study: studyOf(finished) }, () => {
    before = redisCpu(redis.port);
  });
  const redisSeconds = (await redisCpu(redis.port)) - (await before);
  const each = (seconds: number): number => (seconds * 1e6) / trials;
  return { ms: each(driven.seconds) / 1000, driverUs: each(driven.cpuSeconds), redisUs: each(redisSeconds) };
}
