import assert from "node:assert/strict";
import type { Store } from "../../store/store.ts";
import type { StudyArchive } from "../../store/study-record.ts";
import type { Outcome } from "../../trial/outcome.ts";
import {
  begin,
  CALLER,
  claim,
  complete,
  end,
  HOLDER,
  LEASE_MS,
  rejectsWith,
  reserve,
  STUDY,
  type StoreCheck,
  start,
} from "./fixtures.ts";

/** Export and import of whole studies. */
export const ARCHIVE_CHECKS: readonly StoreCheck[] = [
  {
    name: "a study comes back from its archive whole, under a new id and without a driver",
    run: async (store) => {
      await fill(store);
      const archive = await store.exportStudy(STUDY);
      const logs = archive.trials.flatMap((trial) => ("log" in trial ? [[trial.number, trial.log]] : []));
      assert.deepEqual(
        logs,
        [0, 1, 2, 3].map((index) => [index, logOf(index)]),
      ); // the others wait to be tried again
      const imported = await store.importStudy(archive, "copy");
      const original = await store.findStudy(STUDY);
      assert.notEqual(imported.id, original?.id);
      assert.deepEqual(imported, { ...original, id: imported.id, name: "copy", driver: null });
      assert.deepEqual(await store.findStudy("copy"), imported);
      const again = await store.exportStudy("copy");
      assert.deepEqual(again, { ...archive, study: { ...archive.study, id: imported.id, name: "copy" } });
      await store.deleteStudy(STUDY);
      await store.importStudy(archive);
      assert.deepEqual((await store.exportStudy(STUDY)).trials, archive.trials);
    },
  },
  {
    name: "an imported study goes on: numbers, sequences, fences and configurations",
    run: async (store) => {
      await fill(store);
      const archive = await store.exportStudy(STUDY);
      await store.deleteStudy(STUDY);
      const { sequence, nextNumber } = await store.importStudy(archive);
      assert.deepEqual((await store.snapshot(STUDY, sequence)).trials, []);
      const finished = archive.trials.find(({ state }) => state === "complete");
      assert.ok(finished?.state === "complete");
      const changed = (await store.snapshot(STUDY, finished.committedAt)).trials.map(({ number }) => number);
      assert.ok(!changed.includes(finished.number));
      const pending = archive.trials.filter(({ state }) => state === "queued" || state === "running");
      for (const { number } of pending) assert.ok(changed.includes(number));
      const same = { expectedNumber: nextNumber, basis: sequence, memo: null, origin: "sampler" } as const;
      const { assignment } = finished;
      assert.deepEqual(await store.reserve(STUDY, { ...same, assignment }), { kind: "conflict" });
      assert.equal((await reserve(store, 0.99, { expectedNumber: nextNumber })).reservedAt, sequence + 1);
      const running = archive.trials.find(({ state }) => state === "running");
      const fence = { attempt: running?.attempt ?? 0 };
      assert.equal(
        await store.renew(STUDY, running?.number ?? -1, { ...fence, token: "elsewhere" }, LEASE_MS),
        "stale",
      );
      const committed = await store.commit(STUDY, running?.number ?? -1, fence, { outcome: complete(3), log: "" });
      assert.equal(committed.kind, "committed");
      assert.equal((await store.snapshot(STUDY, sequence + 1)).trials.length, 1);
    },
  },
  {
    name: "an archive has no files of trials that are not in it: those begun while a living study is exported",
    run: async (store) => {
      await fill(store);
      const { id, nextNumber } = (await store.findStudy(STUDY)) ?? { id: "", nextNumber: 0 };
      const before = await store.exportStudy(STUDY);
      await store.artifacts.of(id, nextNumber, 1).write("model", new Uint8Array([1]));
      const archive = await store.exportStudy(STUDY);
      assert.deepEqual(archive, before);
      await store.importStudy(archive, "copy");
    },
  },
  {
    name: "an import takes no name that is taken, meanwhile too, or that is none",
    run: async (store) => {
      await begin(store);
      const archive = await store.exportStudy(STUDY);
      await rejectsWith(store.importStudy(archive), "STUDY_EXISTS", STUDY);
      await rejectsWith(store.importStudy(archive, "a\nb"), "OPTION_INVALID", "study name");
      const racing = [store.importStudy(archive, "copy"), store.importStudy(archive, "copy")];
      const made = (await Promise.allSettled(racing)).filter(({ status }) => status === "fulfilled");
      assert.equal(made.length, 1);
      for (const each of racing) await each.catch((error) => assert.equal(error.code, "STUDY_EXISTS"));
    },
  },
  {
    name: "an archive that is none is refused, and says where",
    run: async (store) => {
      await fill(store);
      const archive = await store.exportStudy(STUDY);
      await store.deleteStudy(STUDY);
      for (const [wrong, message] of wrongArchives(archive)) {
        // What a file may hold is anything; the type is what the port promises to others.
        await rejectsWith(store.importStudy(wrong as StudyArchive), "DATA_INVALID", message);
        assert.deepEqual(await store.listStudies(), []);
      }
    },
  },
];

const logOf = (index: number): string => `log ${index} \u0000$`;

/** Trials in every state, with everything that a trial, a study and its files can have. */
async function fill(store: Store): Promise<void> {
  await begin(store, { errorRetries: 1, targetLoss: Number.NEGATIVE_INFINITY });
  const outcomes: readonly Outcome[] = [
    { kind: "complete", losses: [-0, Number.POSITIVE_INFINITY], constraints: [0], metrics: { a: Number.NaN } },
    { kind: "pruned", step: 2 },
    { kind: "failed", reason: "timeout", message: "60 s" },
    { kind: "cancelled" },
    { kind: "lost" },
    { kind: "failed", reason: "error", message: "no" },
  ];
  for (const [index, outcome] of outcomes.entries()) {
    const trial = await start(store, index / 10);
    await store.report(STUDY, trial.number, trial.fence, [{ step: 2, value: index === 0 ? Number.NaN : index }]);
    await end(store, trial, outcome, logOf(index));
  }
  await reserve(store, 0.7, { fidelity: 3, memo: { m: ["$"] }, origin: "enqueued" });
  await claim(store, 6);
  const running = [{ number: 6, step: 3, value: 0.1 }];
  await reserve(store, -0, { origin: "asked", plan: { maxTrials: null, parallelism: 2, running } });
  await claim(store, (await reserve(store, 0.8, { origin: "asked" })).number, CALLER);
  const result = { kind: "complete", losses: [Number.NEGATIVE_INFINITY] } as const;
  await store.importObservations(STUDY, [{ assignment: { x: 1, kind: 0 }, reports: [], result }]);
  await store.note(STUDY, { file: "sweep.ts" });
  await store.setControl(STUDY, "paused", "for a while");
  await store.recordTest(STUDY, 0, { accuracy: 0.9 });
  await store.lead(STUDY, HOLDER, { leaseMs: LEASE_MS, slots: 1 });
  const id = (await store.findStudy(STUDY))?.id ?? "";
  await store.artifacts.of(id, 0, 1).write("model.bin", new Uint8Array([0, 1, 254, 255]));
  await store.artifacts.of(id, 4, 1).write("empty", new Uint8Array());
}

function wrongArchives(archive: StudyArchive): readonly (readonly [wrong: unknown, message: string])[] {
  const [first, ...rest] = archive.trials;
  const { study } = archive;
  return [
    [null, "format"],
    [{ ...archive, format: "other" }, "format"],
    [{ ...archive, version: 2 }, "version 2"],
    [{ ...archive, surplus: 1 }, "surplus"],
    [{ ...archive, study: { ...study, settings: { ...study.settings, maxLost: "3" } } }, "study.settings.maxLost"],
    [{ ...archive, study: { ...study, nextNumber: 99 } }, "nextNumber"],
    [{ ...archive, study: { ...study, where: [3] } }, "study.where"],
    [{ ...archive, study: { ...study, where: ["z < 1"] } }, 'study.where: "z < 1", column 1: there is no param "z"'],
    [{ ...archive, study: { ...study, sequence: 1 } }, "sequence"],
    [{ ...archive, trials: rest }, "trials.0.number"],
    [{ ...archive, trials: [{ ...first, losses: ["1"] }, ...rest] }, "trials.0.losses"],
    [{ ...archive, trials: [{ ...first, state: "odd" }, ...rest] }, "trials.0.state"],
    [{ ...archive, trials: [{ ...first, holder: { ...CALLER, slot: -2 } }, ...rest] }, "trials.0.holder.slot"],
    [{ ...archive, artifacts: { "0/../../x": "AAAA" } }, "artifacts"],
    [{ ...archive, artifacts: { "99/x": "AAAA" } }, "99/x"],
    [{ ...archive, artifacts: { "0/x": "not base64!" } }, "artifacts"],
  ];
}
