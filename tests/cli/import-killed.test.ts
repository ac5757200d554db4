import { existsSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openStore } from "../../src/index.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";
import { startParzen, writeSweep } from "./running.ts";
import { storeIn } from "./small-study.ts";

/** Writes an archive of one trial with so many files. */
async function writeArchive(cwd: string, files: number): Promise<void> {
  const source = emptyFolder();
  writeSweep(source, "return x;", "maxTrials: 1");
  await parzenInOne(["run", "sweep.mjs"], { cwd: source });
  const archive = JSON.parse((await parzenInOne(["export", "--study"], { cwd: source })).stdout);
  for (let file = 0; file < files; file++) archive.artifacts[`0/part-${file}`] = "AA==";
  writeFileSync(join(cwd, "study.json"), JSON.stringify(archive));
}

it("an import onto a disk that takes no files says so, and leaves nothing", async () => {
  const cwd = emptyFolder();
  await writeArchive(cwd, 3);
  const store = await openStore(storeIn(cwd));
  writeFileSync(join(cwd, ".parzen", "artifacts"), "in the way");
  expect(await parzenInOne(["import", "study.json"], { cwd })).toMatchObject({
    code: 4,
    stderr: expect.stringMatching(
      /^error: the trial's files in \S+ cannot be written: not a directory\nNothing was imported\./,
    ),
  });
  expect(await store.listStudies()).toEqual([]);
  await store.close();
});

it("an import that is killed leaves no folder for good, and may be repeated", async () => {
  const cwd = emptyFolder();
  const artifacts = join(cwd, ".parzen", "artifacts");
  await writeArchive(cwd, 3000);
  const importing = startParzen(["import", "study.json"], cwd);
  const isUnderWay = (): boolean => existsSync(artifacts) && readdirSync(artifacts, { recursive: true }).length > 100;
  while (!isUnderWay()) await new Promise((resolve) => setTimeout(resolve, 5));
  importing.child.kill("SIGKILL");
  await importing.ended;

  await writeArchive(cwd, 3);
  expect(await parzenInOne(["import", "study.json"], { cwd })).toMatchObject({ code: 0 });
  const store = await openStore(storeIn(cwd));
  const { id } = (await store.findStudy("sweep")) ?? expect.fail("no study");
  expect(await store.artifacts.list(id)).toEqual(["0/part-0", "0/part-1", "0/part-2"]);
  const left = readdirSync(artifacts).filter((name) => name !== id);
  expect(left).toHaveLength(1);
  for (const name of left) utimesSync(join(artifacts, name), 1000, 1000); // long ago
  expect(await store.collectArtifacts("sweep")).toBe(1);
  expect(readdirSync(artifacts)).toEqual([id]);
  await store.close();
});
