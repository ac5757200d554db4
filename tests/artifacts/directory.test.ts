import { spawnSync } from "node:child_process";
import { chmod, mkdir, open, readdir, readFile, rename, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { GivenTrials } from "../../src/artifacts/artifacts.ts";
import { directoryArtifacts } from "../../src/artifacts/directory.ts";
import { temporaryFolder } from "../store/fixtures.ts";
import { rejectionOf } from "../thrown-by.ts";

const BUILT = new URL("../../dist/src/artifacts/directory.js", import.meta.url).href;

/** So many trials, of two attempts each. */
function given(trials: number): GivenTrials {
  return { count: async () => trials, attemptAt: async () => 2 };
}

test("files lie below study and trial, and another process may write there", async () => {
  const root = await temporaryFolder();
  const files = directoryArtifacts(root).of("study-1", 7, 1);
  expect(files.directory).toBe(join(root, "study-1", "7"));
  expect(await files.list()).toEqual([]);
  expect(await readdir(root)).toEqual([]);
  await mkdir(files.directory ?? "", { recursive: true });
  await writeFile(join(files.directory ?? "", "theirs.txt"), "hello");
  expect(Buffer.from((await files.read("theirs.txt")) ?? []).toString()).toBe("hello");
  expect(await directoryArtifacts(root).list("study-1")).toEqual(["7/theirs.txt"]);
});

test("a trial whose program made a file of its folder has no files", async () => {
  const artifacts = directoryArtifacts(await temporaryFolder());
  const { directory, list } = artifacts.of("study", 0, 1);
  await artifacts.of("study", 1, 1).write("model", new Uint8Array(1));
  await writeFile(directory ?? "", "no folder");
  expect(await list()).toEqual([]);
  expect(await artifacts.list("study")).toEqual(["1/model"]);
  expect(await artifacts.collect("study", given(2))).toBe(0);
});

test("a reader sees whole files only, while they are replaced", async () => {
  const files = directoryArtifacts(await temporaryFolder()).of("study", 0, 1);
  const size = 300_000;
  await files.write("model", new Uint8Array(size));
  let isWriting = true;
  const writing = (async () => {
    for (let value = 1; value <= 20; value++) await files.write("model", new Uint8Array(size).fill(value));
    isWriting = false;
  })();
  let reads = 0;
  while (isWriting) {
    const bytes = await files.read("model");
    expect(bytes).toHaveLength(size);
    expect(bytes?.every((byte) => byte === bytes[0])).toBe(true);
    expect(await files.list()).toEqual(["model"]);
    reads++;
  }
  await writing;
  expect(reads).toBeGreaterThan(0);
  expect((await files.read("model"))?.[0]).toBe(20);
});

test("what a crash left half written is no file", async () => {
  const artifacts = directoryArtifacts(await temporaryFolder());
  const files = artifacts.of("study", 0, 1);
  await files.write("model", new Uint8Array([1]));
  await writeFile(join(files.directory ?? "", "model~b0a7"), "half");
  expect(await files.list()).toEqual(["model"]);
  expect(await artifacts.list("study")).toEqual(["0/model"]);
});

test("half-written files are collected when nobody has written to them for a day, and nothing else that is old", async () => {
  const artifacts = directoryArtifacts(await temporaryFolder());
  const files = artifacts.of("study", 0, 1);
  await files.write("model", new Uint8Array([1]));
  const old = "model~123e4567-e89b-12d3-a456-426614174000";
  const now = "model~123e4567-e89b-12d3-a456-426614174001";
  for (const name of [old, now, "model~mine"]) await writeFile(join(files.directory ?? "", name), "half");
  const longAgo = Date.now() / 1000 - 2 * 86_400;
  for (const name of [old, "model", "model~mine"]) await utimes(join(files.directory ?? "", name), longAgo, longAgo);
  expect(await artifacts.collect("study", given(1))).toBe(1);
  expect((await readdir(files.directory ?? "")).sort()).toEqual(["model", now, "model~mine"].sort());
  expect(await artifacts.collect("unknown", given(0))).toBe(0);
});

test("an attempt begins with a copy of what the one before it left, whatever a process still has open there", async () => {
  const artifacts = directoryArtifacts(await temporaryFolder());
  const at = (attempt: number, ...path: string[]): string =>
    join(artifacts.of("study", 0, attempt).directory ?? "", ...path);
  await mkdir(at(1, "shards"), { recursive: true });
  await writeFile(at(1, "shards", "a b"), "shard");
  await symlink("shards", at(1, "latest"));
  await artifacts.of("study", 0, 1).write("checkpoint.3.1.0.0", new Uint8Array(9));
  const saved = await stat(at(1, "checkpoint.3.1.0.0"));
  const model = await open(at(1, "model"), "w");
  await model.write("1");
  await writeFile(at(1, "model~123e4567-e89b-12d3-a456-426614174000"), "half");

  await utimes(at(1, "shards", "a b"), 1000, 1000);

  await artifacts.begin("study", 0, 2);
  await model.write("late");
  await model.close();
  expect((await readdir(at(2))).sort()).toEqual(["checkpoint.3.1.0.0", "latest", "model", "shards"]);
  expect(await readFile(at(2, "model"), "utf8")).toBe("1");
  expect(await readFile(at(2, "latest", "a b"), "utf8")).toBe("shard");
  expect((await stat(at(2, "shards", "a b"))).mtimeMs).toBe(1_000_000);
  // Nobody writes to a checkpoint again, however large it is: no copy.
  expect((await stat(at(2, "checkpoint.3.1.0.0"))).ino).toBe(saved.ino);
  expect(await readdir(at(2, ".."))).toEqual(["0.2"]);
});

test("an attempt that finds nothing makes no folder, and what it has by then stays", async () => {
  const root = await temporaryFolder();
  const artifacts = directoryArtifacts(root);
  await artifacts.begin("study", 0, 2);
  expect(await readdir(root)).toEqual([]);
  await artifacts.of("study", 0, 2).write("model", new Uint8Array([2]));
  await artifacts.of("study", 0, 1).write("model", new Uint8Array([1]));
  await artifacts.begin("study", 0, 2);
  expect(await artifacts.of("study", 0, 2).read("model")).toEqual(new Uint8Array([2]));
});

test("an attempt that began late takes nothing from the one that followed it", async () => {
  const artifacts = directoryArtifacts(await temporaryFolder());
  await artifacts.of("study", 0, 1).write("model", new Uint8Array([1]));
  await artifacts.begin("study", 0, 3);
  await artifacts.begin("study", 0, 2);
  await artifacts.of("study", 0, 2).write("model", new Uint8Array([2]));
  expect(await artifacts.of("study", 0, 3).read("model")).toEqual(new Uint8Array([1]));
  expect(await artifacts.list("study")).toEqual(["0/model"]);
});

test("an attempt has all there was, although an earlier one begins late and takes it over meanwhile", async () => {
  const artifacts = directoryArtifacts(await temporaryFolder());
  const folder = (attempt: number): string => artifacts.of("study", 0, attempt).directory ?? "";
  const names = Array.from({ length: 200 }, (_, index) => `part-${index}`).sort();
  await mkdir(folder(1), { recursive: true });
  for (const name of names) await symlink("elsewhere", join(folder(1), name)); // of all files the quickest
  const late = artifacts.begin("study", 0, 2);
  await untilDrafted(folder(2), 150);
  await Promise.all([late, artifacts.begin("study", 0, 3)]);
  expect((await readdir(folder(3))).sort()).toEqual(names);
});

/** Waits until so much of a folder is in its draft, or all of it. */
async function untilDrafted(folder: string, count: number): Promise<void> {
  for (;;) {
    const drafts = (await readdir(dirname(folder))).filter((name) => name.startsWith(`${basename(folder)}~`));
    const [draft = basename(folder)] = drafts;
    const made = await readdir(join(dirname(folder), draft)).catch(() => []);
    if (made.length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

test("what a killed process left of an attempt's beginning is none, and is collected after a day", async () => {
  const root = await temporaryFolder();
  const artifacts = directoryArtifacts(root);
  await artifacts.of("study", 0, 1).write("model", new Uint8Array([1]));
  const half = join(root, "study", "0.2~123e4567-e89b-12d3-a456-426614174000");
  await mkdir(half);
  await writeFile(join(half, "model"), "half");
  await artifacts.begin("study", 0, 2);
  expect(await artifacts.of("study", 0, 2).read("model")).toEqual(new Uint8Array([1]));
  expect(await artifacts.collect("study", given(1))).toBe(0);
  const longAgo = Date.now() / 1000 - 2 * 86_400;
  await utimes(half, longAgo, longAgo);
  expect(await artifacts.collect("study", given(1))).toBe(1);
  expect(await readdir(join(root, "study"))).toEqual(["0.2"]);
});

test("a write that fails leaves the old file and no other", async () => {
  const files = directoryArtifacts(await temporaryFolder()).of("study", 0, 1);
  await mkdir(join(files.directory ?? "", "taken", "inside"), { recursive: true });
  expect(await rejectionOf(() => files.write("taken", new Uint8Array([1])))).toMatchObject({
    code: expect.any(String),
  });
  expect(await readdir(files.directory ?? "")).toEqual(["taken"]);
});

test("a disk that is read-only is told as such", async () => {
  const root = await temporaryFolder();
  const isDisk = spawnSync("mount", ["-t", "tmpfs", "-o", "ro", "tmpfs", root]).status === 0;
  if (isDisk) onTestFinished(() => void spawnSync("umount", ["-l", root]));
  else await chmod(root, 0o555);
  const error = await rejectionOf(() => directoryArtifacts(root).of("study", 0, 1).write("model", new Uint8Array(1)));
  const why = isDisk ? "read-only file system" : "permission denied";
  const message = `the trial's files in ${join(root, "study", "0")} cannot be written: ${why}`;
  expect(error).toMatchObject({ code: "MACHINE_FAULT", message });
});

test("what an earlier attempt left and this user may not read is named", async () => {
  const root = await temporaryFolder();
  const model = join(root, "study", "0", "model");
  await mkdir(dirname(model), { recursive: true });
  await writeFile(model, "of another user", { mode: 0 });
  for (const folder of [root, join(root, "study")]) await chmod(folder, 0o777);
  const code = `import { directoryArtifacts } from ${JSON.stringify(BUILT)};
    if (process.getuid() === 0) process.setuid(65534); // root reads everything
    await directoryArtifacts(${JSON.stringify(root)}).begin("study", 0, 2).catch(({ code, message }) => {
      console.log(code + ": " + message);
    });`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
  const target = join(root, "study", "0.2");
  const refused = `the files of an earlier attempt cannot be copied to ${target}: permission denied, at ${model}`;
  expect(stdout).toBe(`MACHINE_FAULT: ${refused}\n`);
});

test("no name leads outside", async () => {
  const artifacts = directoryArtifacts(await temporaryFolder());
  const files = artifacts.of("study", 0, 1);
  for (const name of ["..", ".", "a/b", "a\\b", "", "~", "x".repeat(121), "a\u0000"]) {
    expect(await rejectionOf(() => files.write(name, new Uint8Array()))).toMatchObject({ code: "OPTION_INVALID" });
    expect(await rejectionOf(() => files.read(name))).toMatchObject({ code: "OPTION_INVALID" });
  }
  expect(() => artifacts.of("../study", 0, 1)).toThrow("artifact name");
  expect(() => artifacts.of("study", -1, 1)).toThrow("trial number");
  expect(() => artifacts.of("study", 0, -1)).toThrow("number of an attempt");
});

test("a study's files are removed although its trials still write some", async () => {
  const root = await temporaryFolder();
  let left = 600;
  const write = async (trial: number): Promise<void> => {
    const folder = join(root, "study", String(trial));
    for (; left > 0; left--) {
      await mkdir(folder, { recursive: true }).catch(() => undefined);
      await writeFile(join(folder, `f${left}`), "").catch(() => undefined); // its folder may have gone meanwhile
    }
  };
  const writing = Promise.all([0, 1, 2, 3].map(write));
  while (left > 0) await directoryArtifacts(root).removeStudy("study");
  await writing;
  await directoryArtifacts(root).removeStudy("study");
  expect(await readdir(root)).toEqual([]);
});

test("what a removal that was cut short left behind goes with the next one", async () => {
  const root = await temporaryFolder();
  const artifacts = directoryArtifacts(root);
  for (const study of ["study", "study-2"]) await artifacts.of(study, 0, 1).write("model", new Uint8Array(1));
  await rename(join(root, "study"), join(root, "study~0b7b4f4e-1f2d-4d6a-9c56-3a1f0f3c9f11"));
  await artifacts.removeStudy("study");
  expect(await readdir(root)).toEqual(["study-2"]);
});

test("a name that is no text is refused as a name", async () => {
  const files = directoryArtifacts(await temporaryFolder()).of("study", 0, 1);
  const five: unknown = 5;
  const written = files.write(five as string, new Uint8Array(1)); // a lie, as JavaScript may tell it
  await expect(written).rejects.toThrow("artifact name: expected 1 to 120 letters");
});
