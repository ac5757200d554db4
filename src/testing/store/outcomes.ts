import assert from "node:assert/strict";
import type { Outcome } from "../../trial/outcome.ts";
import {
  begin,
  claim,
  complete,
  end,
  found,
  HOLDER,
  LEASE_MS,
  OTHER_HOLDER,
  reserve,
  STUDY,
  type StoreCheck,
  start,
} from "./fixtures.ts";

const CRASH: Outcome = { kind: "failed", reason: "crash", message: "signal SIGSEGV" };
const THROWN: Outcome = { kind: "failed", reason: "error", message: "Error: no" };

/** What becomes of a trial when an attempt ends. */
export const OUTCOME_CHECKS: readonly StoreCheck[] = [
  {
    name: "a complete trial keeps everything its outcome gave, and its log",
    run: async (store, clock) => {
      await begin(store);
      const { number, fence, trial } = await start(store);
      clock.advance(50);
      const outcome: Outcome = {
        kind: "complete",
        losses: [-0, Number.POSITIVE_INFINITY],
        constraints: [Number.NaN, -1],
        metrics: { accuracy: 0.5, grad: Number.NEGATIVE_INFINITY },
        attributes: { text: "$Infinity", list: [null, { deep: true }] },
      };
      const log = "$ train\r\n\u0000\ud800 $NaN 🎲";
      const committed = await store.commit(STUDY, number, fence, { outcome, log });
      const { verdict: _, leaseUntilMs: __, resumedFrom: ____, ...kept } = trial;
      const { kind: ___, ...given } = outcome;
      const complete = { ...kept, ...given, state: "complete", committedAt: 3, finishedAtMs: clock.now(), log };
      assert.deepEqual(committed, { kind: "committed", trial: complete });
      assert.deepEqual(await store.findTrial(STUDY, 0), complete);
      const [seen] = (await store.snapshot(STUDY, 0)).trials;
      assert.deepEqual({ ...seen, log }, complete);
    },
  },
  {
    name: "a terminal trial never changes again",
    run: async (store) => {
      await begin(store);
      const outcomes: readonly Outcome[] = [complete(1), { kind: "pruned", step: 4 }, CRASH, { kind: "cancelled" }];
      for (const [x, outcome] of outcomes.entries()) {
        const { number, fence } = await start(store, x);
        await store.commit(STUDY, number, fence, { outcome, log: "" });
        const ended = await store.snapshot(STUDY, 0);
        for (const late of [...outcomes, { kind: "lost" }, { kind: "handed-back" }] satisfies Outcome[]) {
          const again = await store.commit(STUDY, number, fence, { outcome: late, log: "late" });
          assert.deepEqual(again, { kind: "ignored" });
        }
        await store.judge(STUDY, number, "cancel");
        assert.equal(await store.report(STUDY, number, fence, [{ step: 0, value: 0 }]), "stale");
        assert.equal(await store.renew(STUDY, number, fence, LEASE_MS), "stale");
        assert.deepEqual(await store.snapshot(STUDY, 0), ended);
      }
    },
  },
  {
    name: "a loss that is NaN fails the trial",
    run: async (store) => {
      await begin(store);
      await end(store, await start(store), complete(Number.NaN));
      assert.equal((await found(store, 0, "failed")).reason, "invalid");
    },
  },
  {
    name: "a lost trial is queued again under its number until maxLost, then failed with its hosts",
    run: async (store, clock) => {
      await begin(store, { maxLost: 2 });
      const reserved = await reserve(store, 0);
      const first = await claim(store, 0);
      clock.advance(5);
      const requeued = await end(store, first, { kind: "lost", message: "gone" });
      const hosts = [HOLDER.host];
      assert.deepEqual(requeued, { ...reserved, attempt: 1, lost: 1, hosts, queuedAtMs: clock.now() });
      await end(store, await claim(store, 0, OTHER_HOLDER), { kind: "lost" });
      const failed = await found(store, 0, "failed");
      assert.deepEqual([failed.reason, failed.lost, failed.hosts], ["lost", 2, [HOLDER.host, OTHER_HOLDER.host]]);
      assert.match(failed.message, /here, there/);
    },
  },
  {
    name: "machine faults and hand-backs do not count as losses",
    run: async (store) => {
      await begin(store, { maxLost: 1 });
      await reserve(store, 0);
      for (let attempt = 1; attempt <= 4; attempt++) {
        const outcome: Outcome = attempt % 2 === 0 ? { kind: "handed-back" } : { kind: "lost", machine: true };
        await end(store, await claim(store, 0), outcome);
        const { lost, hosts, ...trial } = await found(store, 0, "queued");
        assert.deepEqual([lost, hosts, trial.attempt], [0, [], attempt]);
      }
    },
  },
  {
    name: "thrown errors are tried again as often as asked, other failures never",
    run: async (store) => {
      await begin(store, { errorRetries: 1 });
      await end(store, await start(store, 0), THROWN);
      assert.equal((await found(store, 0, "queued")).errors, 1);
      await end(store, await claim(store, 0), THROWN);
      assert.deepEqual((await found(store, 0, "failed")).message, "Error: no");
      await end(store, await start(store, 1), CRASH);
      assert.equal((await found(store, 1, "failed")).reason, "crash");
    },
  },
  {
    name: "a trial told prune ends pruned at its last report, one told cancel cancelled, whatever it returned",
    run: async (store) => {
      await begin(store);
      for (const [x, outcome] of [complete(1), THROWN, { kind: "lost" } as const].entries()) {
        const pruned = await start(store, x);
        await store.report(STUDY, pruned.number, pruned.fence, [{ step: 6, value: 1 }]);
        await store.judge(STUDY, pruned.number, "prune");
        await end(store, pruned, outcome);
        assert.equal((await found(store, pruned.number, "pruned")).step, 6);
        const cancelled = await start(store, x + 0.5);
        await store.judge(STUDY, cancelled.number, "cancel");
        await end(store, cancelled, outcome);
        await found(store, cancelled.number, "cancelled");
      }
    },
  },
];
