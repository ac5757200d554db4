import assert from "node:assert/strict";
import { begin, HOLDER, LEASE_MS, OTHER_HOLDER, reservation, reserve, STUDY, type StoreCheck } from "./fixtures.ts";

/** Who leads a study, and for how long. */
export const LEAD_CHECKS: readonly StoreCheck[] = [
  {
    name: "one holder leads; it prolongs its lease, and another takes over when that has ended",
    run: async (store, clock) => {
      await begin(store);
      const options = { leaseMs: LEASE_MS, slots: 2 };
      assert.deepEqual(await store.lead(STUDY, HOLDER, options), { kind: "leading" });
      const by = { holder: HOLDER, leaseUntilMs: clock.now() + LEASE_MS, slots: 2 };
      assert.deepEqual((await store.findStudy(STUDY))?.driver, by);
      assert.deepEqual(await store.lead(STUDY, OTHER_HOLDER, options), { kind: "led", by });
      assert.deepEqual((await store.findStudy(STUDY))?.driver, by);
      clock.advance(LEASE_MS - 1);
      assert.deepEqual(await store.lead(STUDY, HOLDER, options), { kind: "leading" });
      clock.advance(LEASE_MS - 1);
      assert.equal((await store.lead(STUDY, OTHER_HOLDER, options)).kind, "led");
      clock.advance(1);
      assert.equal((await store.lead(STUDY, OTHER_HOLDER, options)).kind, "leading");
      assert.equal((await store.lead(STUDY, HOLDER, options)).kind, "led");
    },
  },
  {
    name: "a lease is taken from the dead holder that was named, and given back only by its holder",
    run: async (store) => {
      await begin(store);
      const options = { leaseMs: LEASE_MS, slots: 1 };
      await store.resign(STUDY, HOLDER);
      await store.lead(STUDY, HOLDER, options);
      const reusedPid = { ...HOLDER, started: "another time" };
      assert.equal((await store.lead(STUDY, OTHER_HOLDER, { ...options, takeFrom: reusedPid })).kind, "led");
      assert.equal((await store.lead(STUDY, OTHER_HOLDER, { ...options, takeFrom: HOLDER })).kind, "leading");
      await store.resign(STUDY, HOLDER);
      assert.deepEqual((await store.findStudy(STUDY))?.driver?.holder, OTHER_HOLDER);
      await store.resign(STUDY, OTHER_HOLDER);
      assert.equal((await store.findStudy(STUDY))?.driver, null);
      assert.equal((await store.lead(STUDY, HOLDER, options)).kind, "leading");
    },
  },
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
];
