import * as v from "valibot";
import { ParzenError } from "../../errors.ts";
import { isObject } from "../../space/object.ts";
import type { JsonObject } from "../../trial/json.ts";
import type { HeardWorker, WorkerRegistry } from "../worker-record.ts";
import { corrupt, fromStored, toStored } from "./rows/stored-json.ts";
import type { Keys } from "./server/keys.ts";
import type { Server } from "./server/server.ts";

const text = v.pipe(v.string(), v.maxLength(10_000));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** What a Date can be. */
const time = v.pipe(v.number(), v.minValue(-8.64e15), v.maxValue(8.64e15));

/** What a worker says of itself; a newer one may say more. */
const worker = v.object({
  id: v.pipe(text, v.regex(/^[A-Za-z0-9._-]{1,120}$/)),
  host: text,
  pid: count,
  startedAtMs: time,
  slots: count,
  gpus: v.array(text),
  tags: v.array(text),
  parzen: text,
  node: text,
  objectives: v.array(
    v.object({
      name: text,
      version: text,
      requires: v.array(text),
      commit: v.nullable(text),
      changedAtMs: time,
    }),
  ),
  trials: v.array(v.object({ study: text, number: count, sinceMs: time })),
  state: v.picklist(["serving", "draining", "sick"]),
  reason: v.nullable(text),
  notes: v.custom<JsonObject>(isObject),
  /** For how long each of its words counts. */
  ttlMs: count,
});

/**
 * Live workers: a text for each that expires by itself, and their ids by when they do, so that nobody searches the keys.
 */
export function redisWorkers(server: Server, keys: Keys): WorkerRegistry {
  const { client } = server;
  return {
    announce: async (record, ttlMs) => {
      const [seconds] = await server.answered(client.time());
      const until = Number(seconds) * 1000 + ttlMs;
      const ttl = Math.max(1, Math.round(ttlMs));
      const said = [
        client.pexpire(keys.worker(record.id), ttl), // a server whose memory is used up takes this, and not what follows
        client.set(keys.worker(record.id), toStored({ ...record, ttlMs: ttl }, "worker"), "PX", ttl),
        client.zadd(keys.workers, String(until), record.id),
      ];
      await server.answered(Promise.all(said));
    },
    withdraw: async (id) => {
      await server.answered(Promise.all([client.unlink(keys.worker(id)), client.zrem(keys.workers, id)]));
    },
    list: async (unreadable = () => {}) => {
      const ids = await server.answered(client.zrangebyscore(keys.workers, "-inf", "+inf"));
      const said = await Promise.all(ids.map((id) => readable(askWorker(server, keys.worker(id)), unreadable)));
      const dead = ids.filter((_, at) => said[at] === null);
      if (dead.length > 0) await forget(server, keys, dead);
      const alive = said.filter((worker) => worker !== null && worker !== UNREADABLE);
      return alive.sort((left, right) => compare(left.host, right.host) || left.pid - right.pid);
    },
  };
}

/** Only those whose time is over: one may have come back between the two questions. Who may only look leaves them. */
async function forget(server: Server, keys: Keys, ids: readonly string[]): Promise<void> {
  const [seconds] = await server.answered(server.client.time());
  const over = await server.answered(server.client.zrangebyscore(keys.workers, "-inf", Number(seconds) * 1000 - 1000));
  const gone = ids.filter((id) => over.includes(id));
  if (gone.length > 0) await server.answered(server.client.zrem(keys.workers, ...gone)).catch(() => {});
}

const UNREADABLE = Symbol("no worker");

/** Somebody's garbage says nothing about the others. */
async function readable<T>(asked: Promise<T>, unreadable: (problem: string) => void): Promise<T | typeof UNREADABLE> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ParzenError && error.code === "STORE_CORRUPT")) throw error;
    unreadable(error.message);
    return UNREADABLE;
  }
}

/** Null where it has expired. @throws STORE_CORRUPT */
async function askWorker(server: Server, key: string): Promise<HeardWorker | null> {
  const { client } = server;
  const [said, leftMs] = await server.answered(Promise.all([client.get(key), client.pttl(key)]));
  if (said === null) return null;
  const result = v.safeParse(worker, fromStored(said, key));
  if (result.success) {
    const { ttlMs, ...record } = result.output;
    return { ...record, silentMs: Math.max(0, ttlMs - Math.max(0, leftMs)) };
  }
  const [issue] = result.issues;
  throw corrupt(key, `no worker: ${v.getDotPath(issue) ?? "it"}: ${issue.message}`);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
