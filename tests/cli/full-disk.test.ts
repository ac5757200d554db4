import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openStore, openStudy } from "../../src/index.ts";
import { emptyFolder, MAIN, outsideEnvironment, parzen } from "./parzen.ts";
import { addStudy, storeIn } from "./small-study.ts";

const SWEEP = `command: [sh, -c, "head -c 20000 /dev/zero | tr '\\\\0' x; echo; echo loss={x}"]
space: { x: { uniform: [0, 1] } }
`;

it("a disk that fills up in mid-study ends the run with one message, and what it had stored is there", async () => {
  const folder = emptyFolder();
  const disk = join(folder, "disk");
  mkdirSync(disk);
  writeFileSync(join(folder, "sweep.yaml"), SWEEP);
  const small = smallDisk(disk);
  const args = ["run", "sweep.yaml", "--store", "disk/parzen.db"];
  const full = spawnSync("sh", ["-c", `${small.before}exec "$@"`, "sh", process.execPath, MAIN, ...args, "-n", "200"], {
    cwd: folder,
    env: outsideEnvironment(),
    encoding: "utf8",
  });
  expect(full.status).toBe(4);
  expect(full.stderr.match(/^error: .*$/gm)).toEqual([expect.stringMatching(small.message)]);
  expect(full.stderr).not.toMatch(/^ {4}at /m);

  small.enlarge();
  const told = [...full.stderr.matchAll(/#(\d+) [\d.e-]+ in/g)].map(([, number]) => Number(number));
  expect(told.length).toBeGreaterThan(0);
  expect(await completeTrials(disk)).toEqual(expect.arrayContaining(told));
  const total = told.length + 5;
  expect(await parzen([...args, "-n", String(total)], { cwd: folder })).toMatchObject({ code: 0 });
  expect(await completeTrials(disk)).toEqual(Array.from({ length: total }, (_, number) => number));
});

it("leaves an earlier export as it was, and no part of a new one", async () => {
  const folder = emptyFolder();
  const disk = join(folder, "disk");
  await addStudy(folder);
  const store = await openStore(storeIn(folder));
  const study = await store.findStudy("demo");
  await store.artifacts.of(study?.id ?? "", 2, 1).write("large.bin", new Uint8Array(400_000));
  await store.close();
  mkdirSync(disk);
  const { before } = smallDisk(disk);
  writeFileSync(join(disk, "study.json"), "earlier");
  const args = ["export", "--study", "-o", "disk/study.json"];
  const full = spawnSync("sh", ["-c", `${before}exec "$@"`, "sh", process.execPath, MAIN, ...args], {
    cwd: folder,
    env: outsideEnvironment(),
    encoding: "utf8",
  });
  expect(full.stderr).toMatch(/^error: --output: cannot write disk\/study\.json: (no space left|file too large).*\n$/);
  expect(readdirSync(disk)).toEqual(["study.json"]);
  expect(readFileSync(join(disk, "study.json"), "utf8")).toBe("earlier");
});

async function completeTrials(disk: string): Promise<readonly number[]> {
  const study = await openStudy({ name: "sweep", store: join(disk, "parzen.db") });
  const trials = await study.trials();
  await study.close();
  return trials.filter(({ state }) => state === "complete").map(({ number }) => number);
}

interface SmallDisk {
  /** Shell commands that come before the run. */
  readonly before: string;
  readonly message: RegExp;
  enlarge(): void;
}

/** A file system of 400 kB where this user may mount one, else files that cannot grow beyond 400 kB. */
function smallDisk(folder: string): SmallDisk {
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=400k", "tmpfs", folder]).status !== 0) {
    const message = /^error: (no space left for|the store \S+ is not available)/;
    return { before: "ulimit -f 800; ", message, enlarge: () => undefined };
  }
  onTestFinished(() => void execFileSync("umount", ["-l", folder]));
  const enlarge = (): void => void execFileSync("mount", ["-o", "remount,size=8m", folder]);
  return { before: "", message: /^error: no space left for the store/, enlarge };
}
