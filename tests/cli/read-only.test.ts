import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openStudy } from "../../src/index.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";
import { addStudy, storeIn } from "./small-study.ts";

const READING = [
  ["list"],
  ["status"],
  ["best"],
  ["trials", "list"],
  ["trials", "show", "2"],
  ["export", "csv"],
  ["export", "--study"],
];

it("a store on a read-only disk is read like any other, and nothing is written", async () => {
  const cwd = emptyFolder();
  await addStudy(cwd);
  writeFileSync(join(cwd, "sweep.yaml"), 'command: [echo, "loss={x}"]\nspace: { x: { uniform: [0, 1] } }\n');
  const disk = readOnlyCopy(join(cwd, ".parzen"));
  const files = readdirSync(disk);
  const store = join(disk, "parzen.db");
  for (const args of READING) {
    const [here, there] = await Promise.all([
      parzenInOne(args, { cwd }),
      parzenInOne([...args, "--store", store], { cwd }),
    ]);
    expect(there.code).toBe(0);
    const shown = there.stdout.replace(` --store ${store}`, ""); // commands that are printed name it
    expect(shown.replace(`in ${disk}`, `in ${join(cwd, ".parzen")}`)).toBe(here.stdout); // and files lie beside it
  }
  for (const args of [
    ["run", "sweep.yaml"],
    ["pause", "demo"],
    ["delete", "demo", "--yes"],
  ]) {
    const { code, stdout, stderr } = await parzenInOne([...args, "--store", store], { cwd });
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toMatch(/^error: the store \S+ cannot be written: no permission, or a read-only disk\n/m);
  }
  expect(readdirSync(disk)).toEqual(files);
});

it("what stands only in the log of a store that may not be written is read too", async () => {
  const cwd = emptyFolder();
  await addStudy(cwd, { maxTrials: 20 });
  const study = await openStudy({ name: "demo", store: storeIn(cwd) });
  await study.configure({ maxTrials: 77 });
  const disk = readOnlyCopy(join(cwd, ".parzen")); // before the log is written back
  await study.close();
  const { stdout } = await parzenInOne(["status", "--store", join(disk, "parzen.db")], { cwd });
  expect(stdout).toMatch(/trials +6 of 77/);
});

/** A copy of a folder on a read-only disk, where this user may mount one; else one without permission to write. */
function readOnlyCopy(from: string): string {
  const folder = emptyFolder();
  const isDisk = spawnSync("mount", ["-t", "tmpfs", "tmpfs", folder]).status === 0;
  const disk = isDisk ? folder : join(folder, "copy");
  if (isDisk) onTestFinished(() => void execFileSync("umount", ["-l", folder]));
  else onTestFinished(() => void execFileSync("chmod", ["-R", "u+w", disk]));
  cpSync(from, disk, { recursive: true });
  if (isDisk) execFileSync("mount", ["-o", "remount,ro", folder]);
  else execFileSync("chmod", ["-R", "a-w", disk]);
  return disk;
}
