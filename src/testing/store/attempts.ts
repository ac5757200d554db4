import assert from "node:assert/strict";
import {
  begin,
  claim,
  complete,
  end,
  found,
  HOLDER,
  LEASE_MS,
  OTHER_HOLDER,
  rejectsWith,
  reserve,
  STUDY,
  type StoreCheck,
  sequence,
  start,
} from "./fixtures.ts";

/** Claiming a trial, and speaking for its attempt. */
export const ATTEMPT_CHECKS: readonly StoreCheck[] = [
  {
    name: "a claim begins an attempt with a lease; only a queued trial can be claimed",
    run: async (store, clock) => {
      await begin(store);
      const reserved = await reserve(store, 0);
      clock.advance(7);
      const { trial } = await claim(store, 0);
      assert.deepEqual(trial, {
        ...reserved,
        state: "running",
        attempt: 1,
        holder: HOLDER,
        startedAtMs: clock.now(),
        version: "v1",
        verdict: "continue",
        resumedFrom: null,
        leaseUntilMs: clock.now() + LEASE_MS,
      });
      assert.deepEqual(await store.findTrial(STUDY, 0), trial);
      const again = { holder: OTHER_HOLDER, leaseMs: LEASE_MS, version: null };
      assert.deepEqual(await store.claim(STUDY, 0, again), { kind: "refused", state: "running" });
      await store.commit(STUDY, 0, { attempt: 1 }, { outcome: complete(0), log: "" });
      assert.deepEqual(await store.claim(STUDY, 0, again), { kind: "refused", state: "complete" });
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
    name: "a claim that means another study than has the name by now is refused and changes nothing",
    run: async (store) => {
      await begin(store);
      const id = (await store.findStudy(STUDY))?.id;
      assert.ok(id);
      await reserve(store, 0);
      await store.renameStudy(STUDY, "renamed");
      await begin(store);
      await reserve(store, 0);
      const before = await store.snapshot(STUDY, 0);
      const wanted = { holder: HOLDER, leaseMs: LEASE_MS, version: null, studyId: id };
      await rejectsWith(store.claim(STUDY, 0, wanted), "STUDY_NOT_FOUND");
      assert.deepEqual(await store.snapshot(STUDY, 0), before);
      assert.equal((await store.claim("renamed", 0, wanted)).kind, "claimed");
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
    name: "every attempt has a number and a token of its own",
    run: async (store) => {
      await begin(store);
      const first = await start(store);
      await end(store, first, { kind: "handed-back" });
      const second = await claim(store, 0);
      assert.equal(second.trial.attempt, 2);
      assert.notEqual(second.fence.token, first.fence.token);
    },
  },
  {
    name: "a wrong attempt or token is stale everywhere and changes nothing",
    run: async (store) => {
      await begin(store);
      const first = await start(store);
      await end(store, first, { kind: "lost" });
      const { fence } = await claim(store, 0, OTHER_HOLDER);
      const before = await store.snapshot(STUDY, 0);
      for (const stale of [first.fence, { attempt: 1 }, { attempt: 3 }, { ...fence, token: "guessed" }]) {
        assert.equal(await store.renew(STUDY, 0, stale, LEASE_MS), "stale");
        assert.equal(await store.report(STUDY, 0, stale, [{ step: 0, value: 1 }]), "stale");
        assert.deepEqual(await store.commit(STUDY, 0, stale, { outcome: complete(1), log: "" }), { kind: "ignored" });
      }
      assert.deepEqual(await store.snapshot(STUDY, 0), before);
      assert.equal(await store.report(STUDY, 0, fence, [{ step: 0, value: 1 }]), "continue");
      assert.equal(await store.report(STUDY, 0, { attempt: 2 }, [{ step: 1, value: 1 }]), "continue");
    },
  },
  {
    name: "a renewal prolongs the lease by the store's clock, as a change that snapshots show",
    run: async (store, clock) => {
      await begin(store);
      const { fence } = await start(store);
      const since = await sequence(store);
      clock.advance(4000);
      assert.equal(await store.renew(STUDY, 0, fence, LEASE_MS), "continue");
      const { trials, nowMs } = await store.snapshot(STUDY, since);
      assert.equal(nowMs, clock.now());
      const [trial] = trials;
      assert.ok(trial?.state === "running");
      assert.equal(trial.leaseUntilMs, clock.now() + LEASE_MS);
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
    name: "a verdict reaches reports and renewals, and only becomes graver",
    run: async (store) => {
      await begin(store);
      const { fence } = await start(store);
      await store.judge(STUDY, 0, "prune");
      await store.judge(STUDY, 0, "continue");
      assert.equal(await store.report(STUDY, 0, fence, [{ step: 0, value: 1 }]), "prune");
      await store.judge(STUDY, 0, "cancel");
      await store.judge(STUDY, 0, "prune");
      assert.equal(await store.renew(STUDY, 0, fence, LEASE_MS), "cancel");
      assert.equal((await found(store, 0, "running")).verdict, "cancel");
    },
  },
  {
    name: "a queued trial ends when told cancel, and ignores any other verdict",
    run: async (store, clock) => {
      await begin(store);
      const queued = await reserve(store, 0);
      await store.judge(STUDY, 0, "prune");
      assert.deepEqual(await store.findTrial(STUDY, 0), queued);
      await store.judge(STUDY, 0, "cancel");
      const { state: _, ...fields } = queued;
      const ended = { holder: null, startedAtMs: null, finishedAtMs: clock.now(), version: null, log: "" };
      assert.deepEqual(await store.findTrial(STUDY, 0), { ...fields, ...ended, state: "cancelled", committedAt: 2 });
    },
  },
  {
    name: "an unknown trial is named by every method",
    run: async (store) => {
      await begin(store);
      await reserve(store, 0);
      const fence = { attempt: 1 };
      const calls = [
        () => store.findTrial(STUDY, 1),
        () => store.claim(STUDY, 1, { holder: HOLDER, leaseMs: 1, version: null }),
        () => store.renew(STUDY, 1, fence, 1),
        () => store.report(STUDY, 1, fence, [{ step: 0, value: 0 }]),
        () => store.judge(STUDY, 1, "cancel"),
        () => store.commit(STUDY, 1, fence, { outcome: complete(1), log: "" }),
      ];
      for (const call of calls) await rejectsWith(call(), "TRIAL_NOT_FOUND", "1");
    },
  },
];
