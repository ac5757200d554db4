import assert from "node:assert/strict";
import {
  begin,
  claim,
  complete,
  end,
  reservation,
  reserve,
  STUDY,
  type StoreCheck,
  sequence,
  start,
} from "./fixtures.ts";

/** Reserving: what a queued trial holds, and who gets which number. */
export const RESERVATION_CHECKS: readonly StoreCheck[] = [
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
];
