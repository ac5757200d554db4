import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { expect, test } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import { addComplete, SETTINGS, specOf, temporaryFolder } from "../fixtures.ts";

/** Whether two objects have one hidden class: each of its own takes V8 over 600 bytes. */
function haveOneShape(one: unknown, other: unknown): boolean {
  setFlagsFromString("--allow-natives-syntax");
  return new Function("one", "other", "return %HaveSameMap(one, other)")(one, other);
}

test("trials that were read have a shape in common", async () => {
  const store = await openSqliteStore(join(await temporaryFolder(), "s.db"));
  await store.createStudy(specOf("study"), SETTINGS);
  for (let trial = 0; trial < 30; trial++) await addComplete(store, "study");
  const { trials } = await store.snapshot("study", 0);
  const first = trials[0];
  expect(trials.filter((trial) => haveOneShape(trial, first))).toHaveLength(30);
  await store.close();
});
