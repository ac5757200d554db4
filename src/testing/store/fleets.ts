import assert from "node:assert/strict";
import type { Report } from "../../trial/report.ts";
import {
  begin,
  claim,
  complete,
  end,
  found,
  HOLDER,
  LEASE_MS,
  OTHER_HOLDER,
  reservation,
  reserve,
  STUDY,
  type StoreCheck,
  sequence,
  start,
} from "./fixtures.ts";

/** What several drivers and workers need of a store: the seat, the bound on pending trials, leases, checkpoints. */
export const FLEET_CHECKS: readonly StoreCheck[] = [
  {
    name: "who reserves as the leader must hold the seat, by the store's clock",
    run: async (store, clock) => {
      await begin(store);
      const asLeader = reservation(0, { leader: HOLDER });
      assert.deepEqual(await store.reserve(STUDY, asLeader), { kind: "deposed" });
      await store.lead(STUDY, HOLDER, { leaseMs: LEASE_MS, slots: 1 });
      clock.advance(LEASE_MS - 1);
      await reserve(store, 0, { leader: HOLDER });
      assert.deepEqual(await store.reserve(STUDY, reservation(1, { leader: OTHER_HOLDER })), { kind: "deposed" });
      clock.advance(1);
      assert.deepEqual(await store.reserve(STUDY, reservation(1, { leader: HOLDER })), { kind: "deposed" });
      await store.lead(STUDY, HOLDER, { leaseMs: LEASE_MS, slots: 1 });
      await reserve(store, 1, { leader: HOLDER });
    },
  },
  {
    name: "maxPending bounds what is queued or running",
    run: async (store) => {
      await begin(store);
      const first = await start(store, 0);
      await reserve(store, 1, { maxPending: 2 });
      assert.deepEqual(await store.reserve(STUDY, reservation(2, { maxPending: 2 })), { kind: "full" });
      await end(store, first, { kind: "handed-back" });
      assert.deepEqual(await store.reserve(STUDY, reservation(2, { maxPending: 2 })), { kind: "full" });
      await end(store, await claim(store, 0), complete(1));
      await reserve(store, 2, { maxPending: 2 });
      await store.judge(STUDY, 1, "cancel");
      await reserve(store, 3, { maxPending: 2 });
    },
  },
  {
    name: "racing drivers never exceed maxPending",
    run: async (store) => {
      await begin(store);
      const racing = Array.from({ length: 20 }, (_, x) =>
        store.reserve(STUDY, reservation(x / 100, { maxPending: 7 })),
      );
      const kinds = (await Promise.all(racing)).map(({ kind }) => kind);
      assert.equal(kinds.filter((kind) => kind === "reserved").length, 7);
    },
  },
  {
    name: "a claim that wants a running study is refused while it is held",
    run: async (store) => {
      await begin(store);
      await reserve(store, 0);
      const wanted = { holder: HOLDER, leaseMs: LEASE_MS, version: null, whileRunning: true };
      for (const control of ["paused", "stopped", "cancelled"] as const) {
        await store.setControl(STUDY, control, null);
        assert.deepEqual(await store.claim(STUDY, 0, wanted), { kind: "refused", state: "queued" });
      }
      const { number } = await reserve(store, 1);
      const { whileRunning: _, ...any } = wanted;
      assert.equal((await store.claim(STUDY, number, any)).kind, "claimed");
      await store.setControl(STUDY, "running", null);
      assert.equal((await store.claim(STUDY, 0, wanted)).kind, "claimed");
    },
  },
  {
    name: "a claim brings the limit for trials as it is set then",
    run: async (store) => {
      await begin(store);
      for (const [x, trialTimeoutMs] of [
        [0, null],
        [1, 2500.5],
        [2, null],
      ] as const) {
        const { number } = await reserve(store, x);
        await store.configure(STUDY, { trialTimeoutMs });
        const claimed = await store.claim(STUDY, number, { holder: HOLDER, leaseMs: LEASE_MS, version: null });
        assert.equal(claimed.kind, "claimed");
        assert.equal(claimed.trialTimeoutMs, trialTimeoutMs);
      }
    },
  },
  {
    name: "an outcome for an expired attempt counts only once its lease has ended",
    run: async (store, clock) => {
      await begin(store);
      const { number, fence } = await start(store);
      const lost = { outcome: { kind: "lost" }, log: "" } as const;
      const expired = { attempt: fence.attempt, ifExpired: true };
      clock.advance(LEASE_MS - 1);
      assert.deepEqual(await store.commit(STUDY, number, expired, lost), { kind: "ignored" });
      await store.renew(STUDY, number, fence, LEASE_MS);
      clock.advance(LEASE_MS - 1);
      assert.deepEqual(await store.commit(STUDY, number, expired, lost), { kind: "ignored" });
      clock.advance(1);
      assert.equal((await store.commit(STUDY, number, expired, lost)).kind, "committed");
      assert.equal((await found(store, number, "queued")).lost, 1);
    },
  },
  {
    name: "who watches hears of reservations, reports and commits, until it ends",
    run: async (store) => {
      if (store.watch === undefined) return;
      await begin(store);
      let heard: () => void = () => undefined;
      let times = 0;
      const end = await store.watch(STUDY, () => {
        times++;
        heard();
      });
      const hears = async <T>(act: () => Promise<T>): Promise<T> => {
        const hearing = new Promise<void>((resolve) => {
          heard = resolve;
        });
        const [result] = await Promise.all([act(), hearing]);
        return result;
      };
      await hears(() => reserve(store, 0));
      const { fence } = await claim(store, 0);
      await hears(() => store.report(STUDY, 0, fence, [{ step: 0, value: 1 }]));
      await hears(() => store.commit(STUDY, 0, fence, { outcome: complete(1), log: "" }));
      await end();
      const before = times;
      await reserve(store, 1);
      assert.equal(times, before);
    },
  },
  {
    name: "the next attempt begins at the checkpoint, with the reports that it covers",
    run: async (store) => {
      await begin(store);
      const first = await start(store);
      const other = await start(store, 1);
      await store.report(STUDY, other.number, other.fence, reportsOf(1, [0, 2]));
      for (const step of [0, 1, 2]) await store.report(STUDY, 0, first.fence, [{ step, value: step }]);
      assert.equal(await store.checkpoint(STUDY, 0, first.fence, 1), "continue");
      const before = await sequence(store);
      await store.checkpoint(STUDY, 0, first.fence, 0);
      assert.equal(await sequence(store), before);
      const { checkpoint, reports } = await found(store, 0, "running");
      assert.deepEqual([checkpoint, reports.length], [1, 3]);
      await end(store, first, { kind: "handed-back" });
      const { trial, fence } = await claim(store, 0, OTHER_HOLDER);
      assert.deepEqual([trial.checkpoint, trial.resumedFrom], [1, 1]);
      const covered = [
        { step: 0, value: 0 },
        { step: 1, value: 1 },
      ];
      assert.deepEqual(trial.reports, covered);
      await store.report(STUDY, 0, fence, [{ step: 2, value: 9 }]);
      assert.deepEqual((await found(store, 0, "running")).reports, [...covered, { step: 2, value: 9 }]);
      assert.equal(await store.checkpoint(STUDY, 0, first.fence, 7), "stale");
      assert.deepEqual((await found(store, other.number, "running")).reports, reportsOf(1, [0, 2]));
    },
  },
  {
    name: "an attempt whose first checkpoint is of an earlier step began anew: later reports go, a loss still counts",
    run: async (store) => {
      await begin(store, { maxLost: 2 });
      const first = await start(store);
      await store.report(STUDY, 0, first.fence, reportsOf(1, [0, 1, 2, 3]));
      await store.checkpoint(STUDY, 0, first.fence, 3);
      await end(store, first, { kind: "handed-back" });
      const second = await claim(store, 0);
      assert.equal((await found(store, 0, "running")).reports.length, 4);
      await store.checkpoint(STUDY, 0, second.fence, 1);
      await store.report(STUDY, 0, second.fence, reportsOf(2, [1, 2]));
      const { checkpoint, resumedFrom, reports } = await found(store, 0, "running");
      assert.deepEqual([checkpoint, resumedFrom], [1, 3]);
      assert.deepEqual(reports, [...reportsOf(1, [0, 1]), ...reportsOf(2, [2])]);
      await store.checkpoint(STUDY, 0, second.fence, 0);
      assert.equal((await end(store, second, { kind: "lost" })).lost, 1);
      const third = await claim(store, 0);
      assert.deepEqual([third.trial.resumedFrom, third.trial.reports.length], [1, 2]);
      await store.checkpoint(STUDY, 0, third.fence, 2);
      assert.equal((await end(store, third, { kind: "lost" })).lost, 1);
    },
  },
  {
    name: "a loss after a newer checkpoint does not count",
    run: async (store) => {
      await begin(store, { maxLost: 2 });
      let attempt = await start(store);
      for (const step of [3, 4, 5]) {
        await store.checkpoint(STUDY, 0, attempt.fence, step);
        assert.equal((await end(store, attempt, { kind: "lost" })).lost, 0);
        attempt = await claim(store, 0);
      }
      assert.equal((await end(store, attempt, { kind: "lost" })).lost, 1);
      assert.equal((await end(store, await claim(store, 0), { kind: "lost" })).state, "failed");
    },
  },
];

function reportsOf(value: number, steps: readonly number[]): readonly Report[] {
  return steps.map((step) => ({ step, value }));
}
