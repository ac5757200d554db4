import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { TrialFiles } from "../../src/artifacts/artifacts.ts";
import { memoryArtifacts } from "../../src/artifacts/memory.ts";
import { ParzenError } from "../../src/errors.ts";
import type { Evaluation } from "../../src/executor/executor.ts";
import { Reaper } from "../../src/executor/process/reaper.ts";
import type { Lent } from "../../src/executor/slot/staged-files.ts";
import { Staging } from "../../src/executor/slot/staging.ts";

const COMPLETE: Evaluation = { outcome: { kind: "complete", losses: [1] }, log: "its log" };
const PRUNED: Evaluation = { outcome: { kind: "pruned", step: 3 }, log: "" };

const staging = new Staging(new Reaper());
const { TMPDIR } = process.env;

afterEach(async () => {
  restoreTmpdir();
  await staging.close();
});

function restoreTmpdir(): void {
  if (TMPDIR === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = TMPDIR;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function textOf(files: TrialFiles, name: string): Promise<string | null> {
  const read = await files.read(name);
  return read && new TextDecoder().decode(read);
}

/** Files in memory, as an earlier attempt left them. */
async function leftBehind(): Promise<TrialFiles> {
  const files = memoryArtifacts().of("study", 0, 1);
  await files.write("model", bytes("first"));
  await files.write("notes", bytes("old"));
  return files;
}

async function lend(files: TrialFiles, work: (lent: Lent) => Promise<void>): Promise<Evaluation> {
  return staging.lend(files, async (lent) => {
    await work(lent);
    return COMPLETE;
  });
}

describe("a staged folder", () => {
  it("has what an earlier attempt left, and brings back what changed in it", async () => {
    const files = await leftBehind();
    const evaluation = await lend(files, async ({ directory }) => {
      expect(await readFile(join(directory, "model"), "utf8")).toBe("first");
      await writeFile(join(directory, "model"), "second");
      await writeFile(join(directory, "more"), "new");
      await rm(join(directory, "notes"));
    });
    expect(evaluation).toEqual(COMPLETE);
    expect(await files.list()).toEqual(["model", "more"]);
    expect(await textOf(files, "model")).toBe("second");
  });

  it("leaves alone what did not change in it, before the first look and after", async () => {
    const files = await leftBehind();
    await lend(files, async (lent) => {
      await files.write("model", bytes("by another"));
      await rm(join(lent.directory, "notes"));
      await lent.keep();
      await files.write("notes", bytes("by another"));
    });
    expect(await textOf(files, "model")).toBe("by another");
    expect(await textOf(files, "notes")).toBe("by another");
  });

  it("whose files are refused fails a complete trial and no other; what else goes wrong is thrown", async () => {
    const refuse = (error: Error): TrialFiles => ({
      ...memoryArtifacts().of("study", 0, 1),
      write: () => Promise.reject(error),
    });
    const evaluated = (error: Error, evaluation: Evaluation): Promise<Evaluation> =>
      staging.lend(refuse(error), async ({ directory }) => {
        await mkdir(directory);
        await writeFile(join(directory, "model"), "large");
        return evaluation;
      });
    const refusal = new ParzenError("ARTIFACT_REFUSED", "too large");
    const failed = { kind: "failed", reason: "error", message: "too large" };
    expect(await evaluated(refusal, COMPLETE)).toEqual({ outcome: failed, log: "its log" });
    expect(await evaluated(refusal, PRUNED)).toEqual(PRUNED);
    const away = new ParzenError("STORE_UNAVAILABLE", "away");
    await expect(evaluated(away, COMPLETE)).rejects.toBe(away);
  });
});

it("lent folders are apart, and gone afterwards, that of all with the executor", async () => {
  const seen: string[] = [];
  await staging.lendEmpty((one) =>
    staging.lendEmpty(async (other) => {
      seen.push(one, other);
      await writeFile(join(one, "file"), "");
      expect(existsSync(join(other, "file"))).toBe(false);
    }),
  );
  expect(seen.map((directory) => existsSync(directory))).toEqual([false, false]);
  const root = join(seen[0] ?? "", "..");
  expect(existsSync(root)).toBe(true);
  await staging.close();
  expect(existsSync(root)).toBe(false);
});

it("a machine that had no place for temporary folders is asked again with the next trial", async () => {
  process.env["TMPDIR"] = "/no/such/folder";
  await expect(staging.lendEmpty(async () => 1)).rejects.toMatchObject({ code: "MACHINE_FAULT" });
  restoreTmpdir();
  expect(await staging.lendEmpty(async () => 1)).toBe(1);
});
