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
  reservation,
  reserve,
  STUDY,
  type StoreCheck,
  sequence,
  start,
} from "./fixtures.ts";

/** Reserving, claiming and speaking for an attempt. */
export const TRIAL_CHECKS: readonly StoreCheck[] = [
  {
    name: "a reserved trial is queued with everything its proposal gave",
    run: async (store, clock) => {
      await begin(store);
      const memo = { fitted: [1, null, "$x"] };
      const running = [{ number: 4, step: 2, value: -1e-300 }];
      const plan = { maxTrials: 9, parallelism: 2, running };
      const given = reservation(-0, { expectedNumber: 0, basis: 3, fidelity: 9, memo, plan, origin: "asked" });
      const reserved = await store.reserve(STUDY, given);
      const trial = {
        state: "queued",
        number: 0,
        assignment: { x: -0, kind: 0 },
        fidelity: 9,
        origin: "asked",
        basis: 3,
        reservedAt: 1,
        memo,
        plan,
        attempt: 0,
        lost: 0,
        errors: 0,
        hosts: [],
        reports: [],
        checkpoint: null,
        queuedAtMs: clock.now(),
      };
      assert.deepEqual(reserved, { kind: "reserved", trial });
      assert.deepEqual(await store.findTrial(STUDY, 0), trial);
      const study = await store.findStudy(STUDY);
      assert.deepEqual([study?.sequence, study?.nextNumber], [1, 1]);
    },
  },
  {
    name: "a taken number conflicts and changes nothing; null takes the next one",
    run: async (store) => {
      await begin(store);
      assert.equal((await reserve(store, 0, { expectedNumber: 0 })).number, 0);
      for (const expectedNumber of [0, 2]) {
        assert.deepEqual(await store.reserve(STUDY, reservation(1, { expectedNumber })), { kind: "conflict" });
      }
      assert.equal(await sequence(store), 1);
      assert.equal((await reserve(store, 1)).number, 1);
    },
  },
  {
    name: "a sampler's proposal conflicts with any trial of the same configuration, unless it insists",
    run: async (store) => {
      await begin(store);
      await reserve(store, 0.5, { origin: "enqueued" });
      await end(store, await claim(store, 0), complete(1));
      const swapped = { assignment: { kind: 0, x: 0.5 } };
      assert.deepEqual(await store.reserve(STUDY, reservation(0.5, swapped)), { kind: "conflict" });
      await reserve(store, 0.5, { fidelity: 3 });
      assert.deepEqual(await store.reserve(STUDY, reservation(0.5, { fidelity: 3 })), { kind: "conflict" });
      await reserve(store, 0.5, { origin: "enqueued" });
      await reserve(store, 0.5, { origin: "asked" });
      assert.equal((await reserve(store, 0.5, { mayRepeat: true })).number, 4);
    },
  },
  {
    name: "at most maxTrials numbers are given out, whatever becomes of their trials",
    run: async (store) => {
      await begin(store, { maxTrials: 2 });
      await end(store, await start(store, 0), { kind: "failed", reason: "error", message: "no" });
      await reserve(store, 1);
      await store.judge(STUDY, 1, "cancel");
      assert.deepEqual(await store.reserve(STUDY, reservation(2, { expectedNumber: 2 })), { kind: "spent" });
      assert.deepEqual(await store.reserve(STUDY, reservation(2, { origin: "enqueued" })), { kind: "spent" });
    },
  },
  {
    name: "racing reservations get every number once",
    run: async (store) => {
      await begin(store, { maxTrials: 50 });
      const racing = Array.from({ length: 60 }, (_, x) => store.reserve(STUDY, reservation(x / 100)));
      const reserved = (await Promise.all(racing)).flatMap((each) =>
        each.kind === "reserved" ? [each.trial.number] : [],
      );
      assert.deepEqual(
        reserved.sort((a, b) => a - b),
        Array.from({ length: 50 }, (_, number) => number),
      );
    },
  },
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
