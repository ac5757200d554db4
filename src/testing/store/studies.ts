import assert from "node:assert/strict";
import type { Store } from "../../store/store.ts";
import {
  begin,
  complete,
  end,
  found,
  HOLDER,
  LEASE_MS,
  rejectsWith,
  reservation,
  SETTINGS,
  STUDY,
  type StoreCheck,
  specOf,
  start,
} from "./fixtures.ts";

const LONGEST = "名".repeat(120);

/** Studies: their names, what they begin with, and what tells them apart. */
export const STUDY_CHECKS: readonly StoreCheck[] = [
  {
    name: "a new study has its spec and settings, and nothing else yet",
    run: async (store, clock) => {
      const created = await store.createStudy(specOf("new"), { ...SETTINGS, maxTrials: 5 });
      assert.deepEqual(await store.findStudy("new"), created);
      const { id, ...record } = created;
      assert.match(id, /^[A-Za-z0-9._-]+$/);
      assert.deepEqual(record, {
        ...specOf("new"),
        createdAtMs: clock.now(),
        settings: { ...SETTINGS, maxTrials: 5 },
        control: "running",
        controlReason: null,
        resumedAt: 0,
        sequence: 0,
        nextNumber: 0,
        driver: null,
        tests: [],
        notes: {},
      });
    },
  },
  {
    name: "relations are kept as they were written, and that there is a function",
    run: async (store) => {
      for (const where of [[], ["x < 0.5", "`x` >= -1"], "function"] as const) {
        const name = `where ${where.length}`;
        await store.createStudy({ ...specOf(name), where }, SETTINGS);
        assert.deepEqual((await store.findStudy(name))?.where, where);
        await store.importStudy(await store.exportStudy(name), `copy of ${name}`);
        assert.deepEqual((await store.findStudy(`copy of ${name}`))?.where, where);
      }
    },
  },
  {
    name: "names are any text of 1 to 120 characters, and tell studies apart exactly",
    run: async (store) => {
      const names = ["a", "A", "a b/c.d", "é", "e\u0301", "学習率 🎛️", LONGEST];
      for (const name of names) await store.createStudy(specOf(name), SETTINGS);
      for (const name of names) assert.equal((await store.findStudy(name))?.name, name);
      await rejectsWith(store.createStudy(specOf(""), SETTINGS), "OPTION_INVALID", "1 to 120");
      await rejectsWith(store.createStudy(specOf(" \u00a0"), SETTINGS), "OPTION_INVALID", "blank");
      await rejectsWith(store.createStudy(specOf(`${LONGEST}x`), SETTINGS), "OPTION_INVALID", "121");
      await rejectsWith(store.createStudy(specOf("a\u0000b"), SETTINGS), "OPTION_INVALID", "control");
    },
  },
  {
    name: "a name is taken once",
    run: async (store) => {
      await begin(store);
      await rejectsWith(store.createStudy(specOf(STUDY), SETTINGS), "STUDY_EXISTS", STUDY);
      await store.createStudy(specOf("other"), SETTINGS);
      await rejectsWith(store.renameStudy("other", STUDY), "STUDY_EXISTS", STUDY);
    },
  },
  {
    name: "studies are listed by time of creation, whatever they are called since",
    run: async (store, clock) => {
      for (const name of ["c", "a", "b"]) {
        await store.createStudy(specOf(name), SETTINGS);
        clock.advance(1);
      }
      await store.renameStudy("c", "d");
      assert.deepEqual(
        (await store.listStudies()).map(({ name }) => name),
        ["d", "a", "b"],
      );
    },
  },
  {
    name: "a renamed study is the same study under its new name only",
    run: async (store) => {
      await begin(store);
      await end(store, await start(store), complete(1));
      const before = await store.findStudy(STUDY);
      await store.renameStudy(STUDY, STUDY);
      assert.deepEqual(await store.findStudy(STUDY), before);
      await store.renameStudy(STUDY, "renamed");
      assert.deepEqual(await store.findStudy("renamed"), { ...before, name: "renamed" });
      assert.equal(await store.findStudy(STUDY), null);
      assert.equal((await store.findTrial("renamed", 0)).state, "complete");
      await begin(store);
      assert.equal((await store.snapshot(STUDY, 0)).trials.length, 0);
    },
  },
  {
    name: "a deleted study is gone with its trials and files, and no other",
    run: async (store) => {
      await begin(store);
      await store.createStudy(specOf("other"), SETTINGS);
      await end(store, await start(store), complete(1), "log");
      const { id } = (await store.findStudy(STUDY)) ?? { id: "" };
      const other = (await store.findStudy("other"))?.id ?? "";
      await store.artifacts.of(id, 0, 1).write("model", new Uint8Array([1]));
      await store.artifacts.of(other, 0, 1).write("model", new Uint8Array([2]));
      await store.deleteStudy(STUDY);
      assert.equal(await store.findStudy(STUDY), null);
      assert.deepEqual(await store.artifacts.list(id), []);
      assert.deepEqual(await store.artifacts.list(other), ["0/model"]);
      await begin(store);
      await rejectsWith(store.findTrial(STUDY, 0), "TRIAL_NOT_FOUND");
      await end(store, await start(store), complete(1), "another log");
      assert.equal((await found(store, 0, "complete")).log, "another log");
    },
  },
  {
    name: "studies of one store have nothing of each other: trials, configurations, reports, logs, imported results",
    run: async (store) => {
      const names = [STUDY, "other"];
      const result = { kind: "complete", losses: [0] } as const;
      for (const name of names) {
        await store.createStudy(specOf(name), SETTINGS);
        assert.equal((await store.reserve(name, reservation(0, { maxPending: 1 }))).kind, "reserved");
        await store.importObservations(name, [{ assignment: { x: 1, kind: 0 }, reports: [], result }]);
      }
      for (const name of names) {
        await report(store, name, [0, 1]);
        await store.checkpoint(name, 0, { attempt: 1 }, 0);
      }
      for (const name of names) {
        await store.commit(name, 0, { attempt: 1 }, { outcome: { kind: "handed-back" }, log: "" });
        await report(store, name, [1]);
        await store.commit(name, 0, { attempt: 2 }, { outcome: complete(names.indexOf(name)), log: name });
        const { imported, trials } = await store.snapshot(name, 0);
        assert.deepEqual([imported.length, trials.length], [1, 1]);
      }
      for (const [loss, name] of names.entries()) {
        const trial = await store.findTrial(name, 0);
        assert.ok(trial.state === "complete");
        const steps = trial.reports.map(({ step }) => step);
        assert.deepEqual([trial.losses, trial.log, steps], [[loss], name, [0, 1]]);
      }
    },
  },
  {
    name: "an unknown study is named by every method",
    run: async (store) => {
      assert.equal(await store.findStudy("nobody"), null);
      for (const call of callsOf(store, "nobody")) await rejectsWith(call(), "STUDY_NOT_FOUND", "nobody");
    },
  },
];

function callsOf(store: Store, name: string): readonly (() => Promise<unknown>)[] {
  const holder = { host: "h", pid: 1, started: "s", slot: 0 };
  const fence = { attempt: 1 };
  return [
    () => store.renameStudy(name, "new"),
    () => store.deleteStudy(name),
    () => store.collectArtifacts(name),
    () => store.configure(name, {}),
    () => store.setControl(name, "paused", null),
    () => store.note(name, {}),
    () => store.recordTest(name, 0, {}),
    () => store.snapshot(name, 0),
    () => store.findTrial(name, 0),
    () => store.reserve(name, reservation(0)),
    () => store.importObservations(name, [{ assignment: { x: 0, kind: 0 }, reports: [], result: { kind: "failed" } }]),
    () => store.claim(name, 0, { holder, leaseMs: 1, version: null }),
    () => store.renew(name, 0, fence, 1),
    () => store.report(name, 0, fence, [{ step: 0, value: 0 }]),
    () => store.judge(name, 0, "prune"),
    () => store.commit(name, 0, fence, { outcome: complete(1), log: "" }),
    () => store.lead(name, holder, { leaseMs: 1, slots: 1 }),
    () => store.resign(name, holder),
    () => store.exportStudy(name),
  ];
}

/** Claims the first trial of a study, which reports these steps. */
async function report(store: Store, name: string, steps: readonly number[]): Promise<void> {
  const claimed = await store.claim(name, 0, { holder: HOLDER, leaseMs: LEASE_MS, version: null });
  assert.equal(claimed.kind, "claimed");
  const reports = steps.map((step) => ({ step, value: step }));
  await store.report(name, 0, { attempt: claimed.trial.attempt, token: claimed.token }, reports);
}
