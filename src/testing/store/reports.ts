import assert from "node:assert/strict";
import type { Trial } from "../../trial/trial.ts";
import { begin, claim, end, found, LEASE_MS, STUDY, type StoreCheck, sequence, start } from "./fixtures.ts";

/** What is kept of a running trial's reports, and who sees it. */
export const REPORT_CHECKS: readonly StoreCheck[] = [
  {
    name: "reports are kept by step: the first of each counts, NaN and the infinite ones included, -0 as 0",
    run: async (store) => {
      await begin(store);
      const { fence } = await start(store);
      const values = [0.1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-320, -1.5, 0];
      for (const step of [0, 1, 2, 3, 5, 4, 6]) {
        assert.equal(
          await store.report(STUDY, 0, fence, [{ step, value: step === 6 ? -0 : (values[step] ?? 0) }]),
          "continue",
        );
      }
      const before = await sequence(store);
      assert.equal(await store.report(STUDY, 0, fence, [{ step: 2, value: 99 }]), "continue");
      assert.equal(await sequence(store), before);
      const expected = values.map((value, step) => ({ step, value }));
      assert.deepEqual((await store.findTrial(STUDY, 0)).reports, expected);
      assert.deepEqual((await store.snapshot(STUDY, 0)).trials[0]?.reports, expected);
    },
  },
  {
    name: "reports that come together are one change, in their order: the first of each step counts",
    run: async (store) => {
      await begin(store);
      const { fence } = await start(store);
      await store.report(STUDY, 0, fence, [{ step: 3, value: 30 }]);
      const before = await sequence(store);
      const given = [4, 2, 4, 3, 5].map((step, index) => ({ step, value: index }));
      assert.equal(await store.report(STUDY, 0, fence, given), "continue");
      assert.equal(await sequence(store), before + 1);
      const expected = [
        { step: 2, value: 1 },
        { step: 3, value: 30 },
        { step: 4, value: 0 },
        { step: 5, value: 4 },
      ];
      assert.deepEqual((await store.findTrial(STUDY, 0)).reports, expected);
      assert.deepEqual((await store.snapshot(STUDY, before)).trials[0]?.reports, expected);
      assert.equal(await store.report(STUDY, 0, fence, given), "continue");
      assert.equal(await store.report(STUDY, 0, fence, []), "continue");
      assert.equal(await sequence(store), before + 1);
      const many = Array.from({ length: 5000 }, (_, step) => ({ step, value: 1 / (step + 1) }));
      await store.report(STUDY, 0, fence, many);
      const { reports } = await store.findTrial(STUDY, 0);
      assert.deepEqual([reports.length, reports[4999]], [5000, many[4999]]);
    },
  },
  {
    name: "every look at a trial shows all its reports so far, and no later one",
    run: async (store) => {
      await begin(store);
      const { fence } = await start(store);
      const steps = [3, 5, 9, 9, 1, 12, 4, 20, 21, 22, 3, 30];
      const looks: (readonly [seen: Trial, steps: readonly number[]])[] = [];
      for (const [index, step] of steps.entries()) {
        await store.report(STUDY, 0, fence, [{ step, value: step }]);
        if (index % 3 === 0) await store.renew(STUDY, 0, fence, LEASE_MS + index);
        if (index % 4 === 1) continue;
        const shown = [...new Set(steps.slice(0, index + 1))].sort((a, b) => a - b);
        const [seen] = (await store.snapshot(STUDY, (await sequence(store)) - 1)).trials;
        assert.ok(seen !== undefined);
        looks.push([await store.findTrial(STUDY, 0), shown], [seen, shown]);
      }
      await store.report(STUDY, 0, fence, [{ step: 40, value: 40 }]);
      const ended = await store.commit(STUDY, 0, fence, { outcome: { kind: "pruned", step: 0 }, log: "" });
      assert.ok(ended.kind === "committed" && ended.trial.state === "pruned");
      assert.deepEqual([ended.trial.step, ended.trial.reports.length], [40, 11]);
      assert.deepEqual((await store.findTrial(STUDY, 0)).reports, ended.trial.reports);
      for (const [seen, shown] of looks) {
        assert.deepEqual(
          seen.reports,
          shown.map((step) => ({ step, value: step })),
        );
      }
    },
  },
  {
    name: "a new attempt begins without the reports of the earlier one",
    run: async (store) => {
      await begin(store);
      const first = await start(store);
      await store.report(STUDY, 0, first.fence, [{ step: 0, value: 1 }]);
      await end(store, first, { kind: "lost" });
      const second = await claim(store, 0);
      assert.deepEqual(second.trial.reports, []);
      await store.report(STUDY, 0, second.fence, [{ step: 0, value: 2 }]);
      assert.deepEqual((await found(store, 0, "running")).reports, [{ step: 0, value: 2 }]);
    },
  },
];
