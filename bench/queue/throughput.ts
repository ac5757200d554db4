import type { RedisServer } from "../redis.ts";
import { median } from "../search/statistics.ts";
import { type Driven, drive, type Server, serve } from "./processes.ts";
import { redisCpu } from "./redis-usage.ts";

/** A way to bring trials to workers. */
export interface Kind {
  readonly name: string;
  readonly serve: string;
  readonly drive: string;
  readonly options?: object;
}

export const KINDS: readonly Kind[] = [
  { name: "parzen", serve: "serve/parzen.mjs", drive: "drive/parzen.mjs" },
  { name: "BullMQ", serve: "serve/bullmq.mjs", drive: "drive/bullmq.mjs", options: { queue: "bare" } },
  {
    name: "BullMQ sandbox",
    serve: "serve/bullmq.mjs",
    drive: "drive/bullmq.mjs",
    options: { queue: "sandboxed", sandbox: true },
  },
  { name: "Redis list", serve: "serve/list.mjs", drive: "drive/list.mjs" },
];

export interface Cell {
  readonly workers: number;
  readonly slots: number;
  readonly trials: number;
  readonly repetitions: number;
}

/** Medians over the repetitions of one kind in one cell. */
export interface Row {
  readonly kind: string;
  readonly workers: number;
  readonly slots: number;
  readonly perSecond: number;
  /** Of the trials per second of bare BullMQ: the median of the ratios of neighbouring runs. */
  readonly ofBullmq: number;
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of CPU for each trial. */
  readonly driverUs: number;
  readonly workersUs: number;
  readonly redisUs: number;
}

/** Trials before the measured ones: until then JavaScript is being compiled, which costs more than the trials. */
const WARM = 5000;

interface Run extends Driven {
  readonly redisSeconds: number;
  readonly workerSeconds: number;
}

/** All kinds beside one another: one after the other in each repetition, so that each meets the same machine. */
export async function throughput(redis: RedisServer, cell: Cell, kinds: readonly Kind[]): Promise<readonly Row[]> {
  const { workers, slots, repetitions } = cell;
  const place = { url: redis.url, port: redis.port, slots };
  const runs = new Map<Kind, Run[]>(kinds.map((kind) => [kind, []]));
  const servers = new Map<Kind, Server[]>();
  for (const kind of kinds) {
    const starting = Array.from({ length: workers }, () => serve(kind.serve, { ...place, ...kind.options }));
    servers.set(kind, await Promise.all(starting));
  }
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [kind, done] of runs) {
      done.push(await once(redis, { kind, cell, repetition, servers: servers.get(kind) ?? [] }));
    }
  }
  await Promise.all([...servers.values()].flat().map((server) => server.end()));
  const bare = [...runs].find(([{ name }]) => name === "BullMQ")?.[1] ?? [];
  return [...runs].map(([kind, done]) => ({
    kind: kind.name,
    workers,
    slots,
    perSecond: cell.trials / median(done.map(({ seconds }) => seconds)),
    ofBullmq: median(done.map(({ seconds }, at) => (bare[at]?.seconds ?? Number.NaN) / seconds)),
    p50: median(done.map(({ p50 }) => p50)),
    p99: median(done.map(({ p99 }) => p99)),
    driverUs: median(done.map(({ cpuSeconds }) => (cpuSeconds * 1e6) / cell.trials)),
    workersUs: median(done.map(({ workerSeconds }) => (workerSeconds * 1e6) / cell.trials)),
    redisUs: median(done.map(({ redisSeconds }) => (redisSeconds * 1e6) / cell.trials)),
  }));
}

interface One {
  readonly kind: Kind;
  readonly cell: Cell;
  readonly repetition: number;
  readonly servers: readonly Server[];
}

async function once(redis: RedisServer, { kind, cell, repetition, servers }: One): Promise<Run> {
  const { workers, slots, trials } = cell;
  const study = `${kind.name} ${workers} x ${slots} ${repetition}`;
  const counted = { warm: WARM, trials, outstanding: workers * slots };
  const place = { url: redis.url, port: redis.port, study };
  const used = async (): Promise<readonly [number, number]> => {
    const each = await Promise.all(servers.map((server) => server.cpuSeconds()));
    return [await redisCpu(redis.port), each.reduce((sum, seconds) => sum + seconds, 0)];
  };
  let before = Promise.resolve<readonly [number, number]>([0, 0]);
  const driven = await drive(kind.drive, { ...place, ...counted, ...kind.options }, () => {
    before = used();
  });
  const [[redisAfter, workersAfter], [redisBefore, workersBefore]] = [await used(), await before];
  return { ...driven, redisSeconds: redisAfter - redisBefore, workerSeconds: workersAfter - workersBefore };
}
