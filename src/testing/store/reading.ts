import assert from "node:assert/strict";
import type { Snapshot } from "../../store/study-record.ts";
import type { Observation } from "../../trial/observation.ts";
import type { Trial } from "../../trial/trial.ts";
import {
  begin,
  claim,
  complete,
  end,
  HOLDER,
  reservation,
  reserve,
  STUDY,
  type StoreCheck,
  sequence,
  start,
} from "./fixtures.ts";

/** What is read of a study: its sequence, snapshots, imported results, copies, and how who watches hears of it. */
export const READING_CHECKS: readonly StoreCheck[] = [
  {
    name: "the sequence rises by one with every change of a trial, and with nothing else",
    run: async (store) => {
      await begin(store);
      const seen: number[] = [];
      const after = async (change: Promise<unknown>): Promise<void> => {
        await change;
        seen.push(await sequence(store));
      };
      await after(reserve(store, 0));
      const { fence, number } = await claim(store, 0);
      await after(store.report(STUDY, number, fence, [{ step: 0, value: 1 }]));
      await after(store.judge(STUDY, number, "prune"));
      await after(store.judge(STUDY, number, "prune"));
      await after(store.commit(STUDY, number, fence, { outcome: complete(1), log: "" }));
      await after(store.setControl(STUDY, "paused", null));
      await after(store.configure(STUDY, { maxTrials: 9 }));
      await after(store.lead(STUDY, HOLDER, { leaseMs: 1, slots: 1 }));
      await after(store.reserve(STUDY, reservation(0)));
      assert.deepEqual(seen, [1, 3, 4, 4, 5, 5, 5, 5, 5]);
    },
  },
  {
    name: "a snapshot holds what changed after a sequence, by number, and no more",
    run: async (store) => {
      await begin(store);
      for (const x of [0, 1, 2, 3]) await reserve(store, x);
      const since = await sequence(store);
      assert.deepEqual(numbersOf(await store.snapshot(STUDY, since)), []);
      const third = await claim(store, 3);
      await end(store, await claim(store, 1), complete(1));
      await store.report(STUDY, 3, third.fence, [{ step: 0, value: 1 }]);
      assert.deepEqual(numbersOf(await store.snapshot(STUDY, since)), [1, 3]);
      assert.deepEqual(numbersOf(await store.snapshot(STUDY, since + 3)), [3]);
      assert.deepEqual(numbersOf(await store.snapshot(STUDY, 0)), [0, 1, 2, 3]);
      assert.equal((await store.snapshot(STUDY, since)).trials[1]?.reports.length, 1);
    },
  },
  {
    name: "following snapshots from sequence to sequence shows every state that a full one shows",
    run: async (store) => {
      await begin(store, { maxLost: 2 });
      const known = new Map<number, Trial>();
      let since = 0;
      for (let x = 0; x < 30; x++) {
        const trial = await start(store, x);
        if (x % 3 === 0) await store.report(STUDY, trial.number, trial.fence, [{ step: x, value: x }]);
        if (x % 4 !== 0) await end(store, trial, x % 5 === 0 ? { kind: "lost" } : complete(x));
        if (x % 2 === 0) continue;
        const { study, trials } = await store.snapshot(STUDY, since);
        for (const each of trials) known.set(each.number, each);
        since = study.sequence;
        const whole = await store.snapshot(STUDY, 0);
        assert.deepEqual(
          [...known.values()].sort((a, b) => a.number - b.number),
          whole.trials,
        );
      }
    },
  },
  {
    name: "imported results are one change, in order, without numbers",
    run: async (store) => {
      await begin(store, { maxTrials: 1 });
      const observations: readonly Omit<Observation, "number">[] = [
        {
          assignment: { x: 1, kind: 0 },
          reports: [],
          result: { kind: "complete", losses: [Number.NEGATIVE_INFINITY] },
        },
        { assignment: { x: 1, kind: 0 }, reports: [{ step: 0, value: Number.NaN }], result: { kind: "failed" } },
        {
          assignment: { x: 0, kind: 1, "kind.b.y": 2 },
          fidelity: 3,
          reports: [{ step: 1, value: 2 }],
          result: { kind: "pruned", losses: [2], constraints: [0] },
        },
      ];
      await store.importObservations(STUDY, []);
      assert.equal(await sequence(store), 0);
      await store.importObservations(STUDY, observations);
      await store.importObservations(STUDY, observations.slice(0, 1));
      const { study, imported } = await store.snapshot(STUDY, 0);
      assert.deepEqual([study.sequence, study.nextNumber], [2, 0]);
      const numbered = observations.map((observation) => ({ ...observation, number: null, importedAt: 1 }));
      assert.deepEqual(imported, [...numbered, { ...observations[0], number: null, importedAt: 2 }]);
      assert.equal((await store.snapshot(STUDY, 1)).imported.length, 1);
      assert.equal((await reserve(store, 0)).number, 0);
      assert.deepEqual(numbersOf(await store.snapshot(STUDY, 2)), [0]);
    },
  },
  {
    name: "what goes in and what comes out is a copy",
    run: async (store) => {
      await begin(store);
      const assignment = { x: 0.5, kind: 0 };
      const memo = { list: [1] };
      const plan = { maxTrials: 9, parallelism: 1 };
      const reserved = await store.reserve(STUDY, reservation(0, { assignment, memo, plan }));
      assignment.x = 0.75;
      memo.list.push(2);
      plan.parallelism = 2;
      const metrics = { m: 1 };
      const holder = { ...HOLDER };
      const { fence } = await claim(store, 0, holder);
      const known = { assignment: { x: 1, kind: 0 }, reports: [], result: { kind: "failed" } } as const;
      await store.importObservations(STUDY, [known]);
      for (const given of [holder, known]) deface(given);
      await store.report(STUDY, 0, fence, [{ step: 0, value: 1 }]);
      deface(await store.findTrial(STUDY, 0));
      await store.commit(STUDY, 0, fence, { outcome: { kind: "complete", losses: [1], metrics }, log: "" });
      metrics.m = 2;
      const trial = await store.findTrial(STUDY, 0);
      deface(reserved);
      deface(await store.snapshot(STUDY, 0));
      deface(await store.findStudy(STUDY));
      assert.deepEqual(await store.findTrial(STUDY, 0), trial);
      assert.deepEqual([trial.assignment, trial.memo], [{ x: 0.5, kind: 0 }, { list: [1] }]);
      assert.deepEqual([trial.plan, trial.reports], [{ maxTrials: 9, parallelism: 1 }, [{ step: 0, value: 1 }]]);
      assert.ok(trial.state === "complete");
      assert.deepEqual([trial.metrics, trial.holder], [{ m: 1 }, HOLDER]);
      assert.deepEqual((await store.snapshot(STUDY, 0)).imported[0]?.assignment, { x: 1, kind: 0 });
      assert.equal((await store.findStudy(STUDY))?.sampler.name, "tpe");
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
];

function numbersOf({ trials }: Snapshot): readonly number[] {
  return trials.map(({ number }) => number);
}

/** Changes everything in a value that lets itself be changed. */
function deface(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    deface(inner);
    Reflect.set(value, key, "defaced");
  }
}
