import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Checkpoints } from "../../../src/artifacts/checkpoints.ts";
import { memoryArtifacts } from "../../../src/artifacts/memory.ts";
import { CheckpointFolder } from "../../../src/executor/command/checkpoint-folder.ts";
import { temporaryFolder } from "../../store/fixtures.ts";

interface Attempt {
  readonly folder: CheckpointFolder;
  readonly directory: string;
  readonly checkpoints: Checkpoints;
}

/** Attempts at one trial, each in a folder of its own. */
async function trial(): Promise<{ readonly noted: number[]; attempt(): Promise<Attempt> }> {
  const files = memoryArtifacts().of("study", 0, 1);
  const noted: number[] = [];
  let attempts = 0;
  return {
    noted,
    attempt: async () => {
      const directory = join(await temporaryFolder(), "checkpoint");
      const note = async (step: number) => {
        noted.push(step);
        return "continue" as const;
      };
      const resumedFrom = noted.at(-1) ?? null;
      const checkpoints = new Checkpoints({ files, attempt: ++attempts, resumedFrom, note });
      return { directory, checkpoints, folder: new CheckpointFolder(directory, checkpoints) };
    },
  };
}

test("what is in the folder, folders in it included, is there for the next attempt", async () => {
  const { attempt } = await trial();
  const first = await attempt();
  expect(await first.folder.restore()).toBeNull();
  mkdirSync(join(first.directory, "epoch-3/shards"), { recursive: true });
  writeFileSync(join(first.directory, "epoch-3/shards/a b~.bin"), "weights");
  writeFileSync(join(first.directory, "latest"), "epoch-3");
  symlinkSync("/etc/hostname", join(first.directory, "link"));
  expect(await first.folder.keep(3)).toBe(true);
  const second = await attempt();
  expect(await second.folder.restore()).toBe(3);
  expect(readdirSync(second.directory).sort()).toEqual(["epoch-3", "latest"]);
  expect(readFileSync(join(second.directory, "epoch-3/shards/a b~.bin"), "utf8")).toBe("weights");
});

test("it is saved where something in it changed, and only then", async () => {
  const { attempt, noted } = await trial();
  const { folder, directory } = await attempt();
  await folder.restore();
  await folder.keep(0);
  writeFileSync(join(directory, "a"), "1");
  for (const step of [1, 2]) await folder.keep(step);
  writeFileSync(join(directory, "b"), "1");
  await folder.keep(3);
  rmSync(join(directory, "a"));
  await folder.keep(4);
  await folder.keep(5);
  expect(noted).toEqual([1, 3, 4]);
  const next = await attempt();
  await next.folder.restore();
  await next.folder.keep(6);
  expect(readdirSync(next.directory)).toEqual(["b"]);
  expect(noted).toEqual([1, 3, 4]);
});

test("what was written after a report waits a moment for the next one", async () => {
  const { attempt, noted } = await trial();
  const { folder, directory } = await attempt();
  await folder.restore();
  writeFileSync(join(directory, "a"), "of step 4");
  const { ctimeNs } = statSync(join(directory, "a"), { bigint: true });
  expect(await folder.keep(3, ctimeNs - 1n)).toBe(false);
  expect(await folder.keep(4, ctimeNs)).toBe(true);
  writeFileSync(join(directory, "a"), "of step 5");
  expect(await folder.keep(5, ctimeNs - 10_000_000_000n)).toBe(true);
  expect(noted).toEqual([4, 5]);
});

test("a program that removed the folder has saved nothing", async () => {
  const { attempt, noted } = await trial();
  const { folder, directory } = await attempt();
  await folder.restore();
  rmSync(directory, { recursive: true });
  await folder.keep(1);
  expect(noted).toEqual([]);
});

test("a program that made a file of the folder has saved nothing", async () => {
  const { attempt, noted } = await trial();
  const { folder, directory } = await attempt();
  await folder.restore();
  rmSync(directory, { recursive: true });
  writeFileSync(directory, "weights");
  await folder.keep(1);
  expect(noted).toEqual([]);
});

test("a folder that is emptied, as before the next save in it, takes nothing from what was saved", async () => {
  const { attempt, noted } = await trial();
  const { folder, directory } = await attempt();
  await folder.restore();
  writeFileSync(join(directory, "a"), "of step 1");
  await folder.keep(1);
  rmSync(join(directory, "a"));
  expect(await folder.keep(2)).toBe(false);
  expect(noted).toEqual([1]);
  const next = await attempt();
  expect(await next.folder.restore()).toBe(1);
  expect(readFileSync(join(next.directory, "a"), "utf8")).toBe("of step 1");
});

test("no stored name leads out of the folder", async () => {
  const { attempt } = await trial();
  const { checkpoints } = await attempt();
  const bytes = new Uint8Array([1]);
  await checkpoints.save(0, {
    "../escaped": bytes,
    "a/../../escaped": bytes,
    "/escaped": bytes,
    "": bytes,
    ".": bytes,
    kept: bytes,
  });
  const next = await attempt();
  await next.folder.restore();
  expect(existsSync(join(next.directory, "../escaped"))).toBe(false);
  expect(readdirSync(next.directory).sort()).toEqual(["escaped", "kept"]);
});
