import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../../src/store/open.ts";
import { SETTINGS, specOf, temporaryFolder } from "../fixtures.ts";

test("a study that takes the name of one that is being deleted stays", async () => {
  const path = join(await temporaryFolder(), "store.db");
  const [store, other] = [await openStore(path), await openStore(path)];
  await store.createStudy(specOf("study"), SETTINGS);
  const deleting = store.deleteStudy("study"); // its files are on their way, which takes the system some time
  await other.renameStudy("study", "the old one");
  const { id } = await other.createStudy(specOf("study"), SETTINGS);
  await deleting;
  expect((await other.findStudy("study"))?.id).toBe(id);
  await Promise.all([store.close(), other.close()]);
});
