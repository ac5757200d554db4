import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { RedisStore } from "../../../src/store/redis/redis-store.ts";
import type { Store } from "../../../src/store/store.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import type { RedisServer } from "../../redis/server.ts";
import { rejectionOf } from "../../thrown-by.ts";
import {
  type Attempt,
  claim,
  complete,
  HOLDER,
  LOST,
  reserve,
  STUDY,
  serverFor,
  start,
  storeAt,
  studyAt,
  until,
  untilAnswered,
} from "./deployment.ts";

const LEASE_MS = 2000;
const OTHER = { ...HOLDER, host: "b" };

/** When each attempt's lease ends, and now, by the server's clock. */
async function leases(store: Store): Promise<{ readonly nowMs: number; readonly ends: readonly number[] }> {
  const { trials, nowMs } = await store.snapshot(STUDY, 0);
  return { nowMs, ends: trials.flatMap((trial) => (trial.state === "running" ? [trial.leaseUntilMs] : [])) };
}

/** Takes a server away for longer than a lease and brings it back. */
const OUTAGES: readonly (readonly [how: string, outage: (server: RedisServer) => Promise<void>])[] = [
  [
    "killed",
    async (server) => {
      await server.kill();
      await sleep(LEASE_MS + 500);
      await server.restart();
    },
  ],
  [
    "stopped",
    async (server) => {
      await server.kill("SIGSTOP");
      await sleep(LEASE_MS + 500);
      server.cont();
    },
  ],
];

describeRedis("a server away for longer than a lease", () => {
  test.each(OUTAGES)("%s: no living holder loses its trial, and one that stays away does", async (_how, outage) => {
    const server = await serverFor({ aof: true, args: ["--appendfsync", "always"] });
    const store = await studyAt(server.url, { commandTimeoutMs: 500 });
    await store.lead(STUDY, HOLDER, { leaseMs: LEASE_MS, slots: 1 });
    const attempts: Attempt[] = [];
    for (const x of [0, 1, 2, 3]) attempts.push(await start(store, x, LEASE_MS));
    const before = await leases(store);
    await outage(server);
    // The first to come looks for trials whose leases ended: all did, and none is to be had.
    const reaper = await untilAnswered(() => storeAt(server.url));
    const { nowMs } = await leases(reaper);
    expect(Math.max(...before.ends)).toBeLessThan(nowMs);
    for (const { number, trial } of attempts) {
      const expired = { attempt: trial.attempt, ifExpired: true };
      expect(await reaper.commit(STUDY, number, expired, LOST)).toEqual({ kind: "ignored" });
    }
    const after = await leases(reaper);
    expect(Math.min(...after.ends)).toBeGreaterThanOrEqual(nowMs + LEASE_MS);
    expect((await reaper.lead(STUDY, OTHER, { leaseMs: LEASE_MS, slots: 1 })).kind).toBe("led");
    // The holder of all but the last renews; of the last nothing is heard any more.
    const [silent = never(), ...living] = attempts.toReversed();
    const renewals: string[] = [];
    await until(async () => {
      for (const { number, fence } of living) {
        renewals.push(await untilAnswered(() => store.renew(STUDY, number, fence, LEASE_MS)));
      }
      const expired = { attempt: silent.trial.attempt, ifExpired: true };
      return (await reaper.commit(STUDY, silent.number, expired, LOST)).kind === "committed";
    });
    expect(new Set(renewals)).toEqual(new Set(["continue"]));
    expect((await leases(reaper)).nowMs).toBeGreaterThanOrEqual(nowMs + LEASE_MS);
    expect((await claim(reaper, silent.number)).trial).toMatchObject({ attempt: 2, lost: 1 });
    for (const { number, fence } of living) {
      expect((await store.commit(STUDY, number, fence, complete(number))).kind).toBe("committed");
    }
  });

  test("while somebody works, a holder that stays away loses its trial after its lease", async () => {
    const server = await serverFor();
    const store = await studyAt(server.url);
    const silent = await start(store, 0, LEASE_MS);
    const living = await start(store, 1, LEASE_MS);
    const end = (await leases(store)).ends[0] ?? 0;
    await until(async () => {
      await store.renew(STUDY, living.number, living.fence, LEASE_MS);
      const expired = { attempt: 1, ifExpired: true };
      return (await store.commit(STUDY, silent.number, expired, LOST)).kind === "committed";
    });
    const { nowMs, ends } = await leases(store);
    expect(nowMs).toBeGreaterThanOrEqual(end);
    expect(ends).toHaveLength(1);
  });

  test("calls say STORE_UNAVAILABLE in time, and go on when it is back", async () => {
    const server = await serverFor({ aof: true, args: ["--appendfsync", "always"] });
    const store = await studyAt(server.url, { commandTimeoutMs: 300 });
    await reserve(store, 0);
    await server.kill();
    const calls = [() => reserve(store, 1), () => store.snapshot(STUDY, 0), () => store.workers.list()];
    for (const call of calls) expect(await rejectionOf(call)).toMatchObject({ code: "STORE_UNAVAILABLE" });
    await server.restart();
    const { trials } = await untilAnswered(() => store.snapshot(STUDY, 0));
    expect(trials[0]?.number).toBe(0);
  });

  test("who watches hears of it when the server is back", async () => {
    const server = await serverFor({ aof: true, args: ["--appendfsync", "always"] });
    const store = await studyAt(server.url);
    let heard = 0;
    await store.watch(STUDY, () => heard++);
    await server.kill();
    await server.restart();
    await until(async () => heard > 0);
    const other = await storeAt(server.url);
    const before = heard;
    await reserve(other, 1);
    await until(async () => heard > before);
  });
});

describeRedis("the clock", () => {
  test("leases follow the server's time, whatever the client's clock says", async () => {
    const server = await serverFor();
    const store = await studyAt(server.url);
    const real = Date.now;
    Date.now = () => real() + 3_600_000;
    try {
      const { trial } = await start(store, 0, 60_000);
      const [seconds] = await store.client.time();
      expect(Math.abs(trial.leaseUntilMs - Number(seconds) * 1000)).toBeLessThan(62_000);
      const expired = { attempt: 1, ifExpired: true };
      expect(await store.commit(STUDY, 0, expired, LOST)).toEqual({ kind: "ignored" });
      expect(Math.abs((await store.snapshot(STUDY, 0)).nowMs - real())).toBeLessThan(60_000);
    } finally {
      Date.now = real;
    }
  });

  test("set back by hours, it keeps no dead holder's trial or seat, and no living one loses its trial in an outage", async () => {
    const server = await serverFor({ aof: true, args: ["--appendfsync", "always"] });
    const store = await studyAt(server.url, { commandTimeoutMs: 500 });
    await store.lead(STUDY, HOLDER, { leaseMs: LEASE_MS, slots: 1 });
    const [living, silent] = [await start(store, 0, LEASE_MS), await start(store, 1, LEASE_MS)];
    await setBack(store, 7_200_000);
    await store.renew(STUDY, living.number, living.fence, LEASE_MS);
    const { nowMs, ends } = await leases(store);
    for (const end of ends) expect(end).toBeLessThanOrEqual(nowMs + LEASE_MS);
    await server.kill("SIGSTOP");
    await sleep(LEASE_MS + 500);
    server.cont();
    const expired = { attempt: 1, ifExpired: true };
    const reaped = await untilAnswered(() => store.commit(STUDY, living.number, expired, LOST));
    expect(reaped).toEqual({ kind: "ignored" });
    await until(async () => {
      await store.renew(STUDY, living.number, living.fence, LEASE_MS);
      return (await store.commit(STUDY, silent.number, expired, LOST)).kind === "committed";
    });
    await until(async () => (await store.lead(STUDY, OTHER, { leaseMs: LEASE_MS, slots: 1 })).kind === "leading");
    expect((await store.commit(STUDY, living.number, living.fence, complete(0))).kind).toBe("committed");
  });
});

/** Moves all that the server noted of its clock, as far as leases go: to it that is the same as its clock set back. */
async function setBack(store: RedisStore, ms: number): Promise<void> {
  const { client, prefix } = store;
  const id = (await store.findStudy(STUDY))?.id ?? never();
  const study = `${prefix}:s:${id}`;
  for (const field of ["seen", "driverUntil"]) await client.hincrby(study, field, ms);
  for (const number of await client.zrangebyscore(`${study}:running`, "-inf", "+inf")) {
    await client.zincrby(`${study}:running`, ms, String(number));
  }
}

function never(): never {
  throw new Error("there are attempts");
}

describeRedis("a server that has as many clients as it takes", () => {
  test("is one that is away, until it takes this one again", async () => {
    const server = await serverFor();
    const store = await studyAt(server.url);
    const { client: admin } = await storeAt(server.url);
    await storeAt(server.url);
    const id = await store.client.call("CLIENT", "ID");
    await admin.call("CONFIG", "SET", "maxclients", "2");
    await admin.call("CLIENT", "KILL", "ID", String(id));
    await until(async () => store.client.status !== "ready"); // what is called before is sent again, and waits
    expect(await rejectionOf(() => store.snapshot(STUDY, 0))).toMatchObject({ code: "STORE_UNAVAILABLE" });
    await admin.call("CONFIG", "SET", "maxclients", "100");
    expect((await untilAnswered(() => store.snapshot(STUDY, 0))).study.name).toBe(STUDY);
  });
});
