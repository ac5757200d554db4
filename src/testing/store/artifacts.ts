import assert from "node:assert/strict";
import type { TrialFiles } from "../../artifacts/artifacts.ts";
import { begin, complete, end, rejectsWith, reserve, STUDY, type StoreCheck, start } from "./fixtures.ts";

/** Files of trials. */
export const ARTIFACT_CHECKS: readonly StoreCheck[] = [
  {
    name: "a trial's files are read as they were written, and by no other trial",
    run: async (store) => {
      const files = store.artifacts.of("some-study", 3, 1);
      const bytes = new Uint8Array([0, 255, 128]);
      await files.write("model.bin", bytes);
      bytes[0] = 9;
      assert.deepEqual(await files.read("model.bin"), new Uint8Array([0, 255, 128]));
      await files.write("model.bin", new Uint8Array());
      assert.deepEqual(await store.artifacts.of("some-study", 3, 1).read("model.bin"), new Uint8Array());
      assert.equal(await files.read("other"), null);
      assert.equal(await store.artifacts.of("some-study", 30, 1).read("model.bin"), null);
      await store.artifacts.of("some-study", 30, 1).write("log", new Uint8Array([1]));
      assert.deepEqual([...(await store.artifacts.list("some-study"))].sort(), ["3/model.bin", "30/log"]);
      assert.deepEqual(await files.list(), ["model.bin"]);
      await files.write("other", bytes);
      await files.removeFile("other");
      await files.removeFile("other");
      assert.deepEqual(await files.list(), ["model.bin"]);
      await files.remove();
      assert.deepEqual(await store.artifacts.list("some-study"), ["30/log"]);
      for (const name of ["", "..", "a/b", "../x", "a b"])
        await rejectsWith(files.write(name, bytes), "OPTION_INVALID");
      await rejectsWith(files.removeFile("../x"), "OPTION_INVALID");
    },
  },
  {
    name: "an attempt has what the ones before it left, and no other trial's",
    run: async ({ artifacts }) => {
      const at = (attempt: number): TrialFiles => artifacts.of("some-study", 3, attempt);
      await artifacts.begin("some-study", 3, 2);
      assert.deepEqual(await at(2).list(), []);
      await at(2).write("model", new Uint8Array([2]));
      await at(2).write("checkpoint.7.2.0.whole", new Uint8Array([7]));
      await artifacts.of("some-study", 31, 1).write("log", new Uint8Array([1]));
      await artifacts.begin("some-study", 3, 4); // the third came to nothing
      assert.deepEqual(await at(4).list(), ["checkpoint.7.2.0.whole", "model"]);
      assert.deepEqual(await at(4).read("model"), new Uint8Array([2]));
      await at(4).removeFile("checkpoint.7.2.0.whole");
      await at(4).write("model", new Uint8Array([4]));
      assert.deepEqual(await at(4).read("model"), new Uint8Array([4]));
      assert.deepEqual(await artifacts.list("some-study"), ["3/model", "31/log"]);
      await at(4).remove();
      assert.deepEqual(await artifacts.list("some-study"), ["31/log"]);
    },
  },
  {
    name: "what a process writes into a directory whose attempt another one followed is none of the trial's",
    run: async ({ artifacts }) => {
      const [first, second] = [1, 2].map((attempt) => artifacts.of("some-study", 3, attempt));
      assert.ok(first !== undefined && second !== undefined);
      if (first.directory === null) return; // what is written then passes through the attempt
      await first.write("model", new Uint8Array([1]));
      await artifacts.begin("some-study", 3, 2);
      await second.write("model", new Uint8Array([2]));
      for (const name of ["model", "plot"]) await first.write(name, new Uint8Array([9]));
      assert.deepEqual(await second.list(), ["model"]);
      assert.deepEqual(await second.read("model"), new Uint8Array([2]));
      assert.deepEqual(await artifacts.list("some-study"), ["3/model"]);
      assert.equal(await artifacts.collect("some-study", { count: async () => 4, attemptAt: async () => 2 }), 1);
      assert.deepEqual(await first.list(), []);
      assert.deepEqual(await second.read("model"), new Uint8Array([2]));
      for (const files of [first, second]) await files.write("model", new Uint8Array([1]));
      await second.remove();
      assert.deepEqual([...(await first.list()), ...(await second.list())], []);
    },
  },
  {
    name: "collecting removes the files of numbers that are not given out, and no others",
    run: async (store) => {
      await begin(store);
      await end(store, await start(store), { kind: "cancelled" });
      await reserve(store, 1);
      const id = (await store.findStudy(STUDY))?.id ?? "";
      for (const trial of [0, 1, 2, 10]) {
        for (const name of ["model", "log"]) await store.artifacts.of(id, trial, 1).write(name, new Uint8Array([1]));
      }
      await store.artifacts.of("some-study", 7, 1).write("model", new Uint8Array([1]));
      assert.equal(await store.collectArtifacts(STUDY), 2);
      assert.deepEqual(await store.artifacts.list(id), ["0/log", "0/model", "1/log", "1/model"]);
      assert.deepEqual(await store.artifacts.list("some-study"), ["7/model"]);
      assert.equal(await store.collectArtifacts(STUDY), 0);
    },
  },
  {
    name: "collecting leaves the trial's own files where the store has lost a later attempt, whose files go",
    run: async (store) => {
      await begin(store);
      await end(store, await start(store), complete(1));
      const { id } = (await store.findStudy(STUDY)) ?? { id: "" };
      const [own, lost] = [1, 2].map((attempt) => store.artifacts.of(id, 0, attempt));
      assert.ok(own !== undefined && lost !== undefined);
      if (own.directory === null) return; // there all attempts have the same files
      for (const files of [own, lost]) await files.write("model", new Uint8Array([1]));
      assert.equal(await store.collectArtifacts(STUDY), 1);
      assert.deepEqual(await own.list(), ["model"]);
      assert.deepEqual(await lost.list(), []);
    },
  },
  {
    name: "collecting leaves a trial that begins meanwhile its files",
    run: async (store) => {
      const { artifacts } = store;
      const begun = artifacts.of("some-study", 0, 1);
      const given = {
        count: async () => {
          await begun.write("model", new Uint8Array([1]));
          return 0;
        },
        attemptAt: async () => 1,
      };
      assert.equal(await artifacts.collect("some-study", given), 0);
      assert.deepEqual(await begun.list(), ["model"]);
    },
  },
];
