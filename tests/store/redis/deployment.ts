import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { openRedisStore, type RedisStoreOptions } from "../../../src/store/redis/redis.ts";
import type { RedisStore } from "../../../src/store/redis/redis-store.ts";
import type { Claimed, Fence, Reservation, Store } from "../../../src/store/store.ts";
import type { WorkerRecord } from "../../../src/store/worker-record.ts";
import type { Holder, RunningTrial } from "../../../src/trial/trial.ts";
import { type RedisOptions, type RedisServer, startRedis } from "../../redis/server.ts";
import { SETTINGS, specOf } from "../fixtures.ts";

export const STUDY = "study";
export const HOLDER: Holder = { host: "a", pid: 1, started: "then", slot: 0 };

/** A server that ends with its test. */
export async function serverFor(options: RedisOptions = {}): Promise<RedisServer> {
  const server = await startRedis(options);
  onTestFinished(() => server.stop());
  return server;
}

/** A store that is closed with its test; what it would warn of is of no interest. */
export async function storeAt(url: string, options: RedisStoreOptions = {}): Promise<RedisStore> {
  const store = await openRedisStore(url, { warn: () => {}, ...options });
  onTestFinished(() => store.close());
  return store;
}

/** With a study in it. */
export async function studyAt(url: string, options: RedisStoreOptions = {}): Promise<RedisStore> {
  const store = await storeAt(url, options);
  await store.createStudy(specOf(STUDY), SETTINGS);
  return store;
}

export function reservation(x: number, changes: Partial<Reservation> = {}): Reservation {
  return { expectedNumber: null, basis: 0, assignment: { x }, memo: null, origin: "sampler", ...changes };
}

export async function reserve(store: Store, x: number, changes: Partial<Reservation> = {}): Promise<number> {
  const reserved = await store.reserve(STUDY, reservation(x, changes));
  if (reserved.kind !== "reserved") throw new Error(reserved.kind);
  return reserved.trial.number;
}

export const WORKER: WorkerRecord = {
  id: "w",
  host: "h",
  pid: 1,
  startedAtMs: 5,
  slots: 2,
  gpus: ["NVIDIA H200"],
  tags: ["gpu"],
  parzen: "0.1.0",
  node: "v20",
  objectives: [{ name: "mnist", version: "abc", requires: ["gpu"], commit: null, changedAtMs: 7 }],
  trials: [{ study: STUDY, number: 3, sinceMs: 9 }],
  state: "serving",
  reason: null,
  notes: {},
};

export interface Attempt {
  readonly number: number;
  readonly trial: RunningTrial;
  readonly fence: Fence;
}

/** Claims a queued trial. */
export async function claim(store: Store, number: number, leaseMs = 60_000, holder = HOLDER): Promise<Attempt> {
  const claimed: Claimed = await store.claim(STUDY, number, { holder, leaseMs, version: null });
  if (claimed.kind !== "claimed") throw new Error(claimed.state);
  return { number, trial: claimed.trial, fence: { attempt: claimed.trial.attempt, token: claimed.token } };
}

export async function start(store: Store, x: number, leaseMs = 60_000): Promise<Attempt> {
  return claim(store, await reserve(store, x), leaseMs);
}

export const complete = (loss: number) => ({ outcome: { kind: "complete", losses: [loss] }, log: "" }) as const;
export const LOST = { outcome: { kind: "lost" }, log: "" } as const;

/** Calls until it does not throw; what the store is away for passes. */
export async function untilAnswered<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== "STORE_UNAVAILABLE") throw error;
      await sleep(20);
    }
  }
}

/** Waits for something that another process or a clock brings about. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}
