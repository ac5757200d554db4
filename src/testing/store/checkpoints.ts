import assert from "node:assert/strict";
import type { Report } from "../../trial/report.ts";
import { begin, claim, end, found, OTHER_HOLDER, STUDY, type StoreCheck, sequence, start } from "./fixtures.ts";

/** Checkpoints: what the next attempt goes on from, and which losses count. */
export const CHECKPOINT_CHECKS: readonly StoreCheck[] = [
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
