import assert from "node:assert/strict";
import {
  begin,
  complete,
  end,
  rejectsWith,
  reservation,
  reserve,
  SETTINGS,
  STUDY,
  type StoreCheck,
  start,
} from "./fixtures.ts";

/** What is set and noted of a study: its settings, control, notes and tests. */
export const SETTING_CHECKS: readonly StoreCheck[] = [
  {
    name: "settings change by patch and count at once",
    run: async (store) => {
      await begin(store);
      await reserve(store, 0);
      const record = await store.configure(STUDY, { maxTrials: 1, pruner: { name: "median", options: { warmup: 2 } } });
      const settings = { ...SETTINGS, maxTrials: 1, pruner: { name: "median", options: { warmup: 2 } } };
      assert.deepEqual(record.settings, settings);
      assert.deepEqual((await store.findStudy(STUDY))?.settings, settings);
      assert.deepEqual(await store.reserve(STUDY, reservation(1)), { kind: "spent" });
    },
  },
  {
    name: "control is set with its reason, and running again remembers when",
    run: async (store) => {
      await begin(store);
      await end(store, await start(store), complete(1));
      assert.equal((await store.setControl(STUDY, "paused", "five failed")).resumedAt, 0);
      const paused = await store.findStudy(STUDY);
      assert.deepEqual([paused?.control, paused?.controlReason], ["paused", "five failed"]);
      const resumed = await store.setControl(STUDY, "running", null);
      assert.deepEqual(
        [resumed.control, resumed.controlReason, resumed.resumedAt],
        ["running", null, resumed.sequence],
      );
      await reserve(store, 1);
      assert.equal((await store.setControl(STUDY, "running", null)).resumedAt, resumed.resumedAt);
    },
  },
  {
    name: "notes are merged key by key",
    run: async (store) => {
      await begin(store);
      await store.note(STUDY, { backend: { chosen: "wasm", refused: ["gpu"] }, file: "a.ts" });
      await store.note(STUDY, { file: "b.ts", "$odd \u0000 key": "$NaN" });
      const notes = { backend: { chosen: "wasm", refused: ["gpu"] }, file: "b.ts", "$odd \u0000 key": "$NaN" };
      assert.deepEqual((await store.findStudy(STUDY))?.notes, notes);
    },
  },
  {
    name: "a test of a trial keeps its newest figures and how often it was taken",
    run: async (store, clock) => {
      await begin(store);
      await end(store, await start(store), complete(1));
      const first = await store.recordTest(STUDY, 0, { accuracy: 0.5 });
      assert.deepEqual(first, { trial: 0, metrics: { accuracy: 0.5 }, times: 1, takenAtMs: clock.now() });
      clock.advance(5);
      const second = await store.recordTest(STUDY, 0, { accuracy: Number.NaN });
      assert.deepEqual(second, { trial: 0, metrics: { accuracy: Number.NaN }, times: 2, takenAtMs: clock.now() });
      assert.deepEqual((await store.findStudy(STUDY))?.tests, [second]);
      await rejectsWith(store.recordTest(STUDY, 1, {}), "TRIAL_NOT_FOUND", "1");
    },
  },
];
