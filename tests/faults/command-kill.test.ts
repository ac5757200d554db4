import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { createStudy, hp, openStore } from "../../src/index.ts";

const root = mkdtempSync(join(tmpdir(), "parzen-command-kill-"));
afterAll(() => rmSync(root, { recursive: true }));

const MAIN = new URL("../../dist/cli/main.js", import.meta.url).pathname;
const ROUNDS = 4;

const emptyFolder = (): string => mkdtempSync(join(root, "f-"));

function start(args: readonly string[], cwd: string): ChildProcess {
  const { PARZEN_STORE: _, ...env } = process.env;
  return spawn(process.execPath, [MAIN, ...args], { cwd, env, stdio: "ignore" });
}

/** Kills the command as soon as a look at its folder finds what it does, which may be its last deed. */
async function killWhen(isSeen: () => boolean, args: readonly string[], cwd: string): Promise<void> {
  const child = start(args, cwd);
  const ended = once(child, "exit");
  while (child.exitCode === null && !isSeen()) await turn();
  child.kill("SIGKILL");
  await ended;
}

async function codeOf(args: readonly string[], cwd: string): Promise<number> {
  const [code] = await once(start(args, cwd), "exit");
  return code;
}

const FILES = 8;
const BYTES = 4_000_000;

/** Gives a folder a store with a study whose only trial kept some large files. */
async function addStudy(cwd: string, artifacts?: string): Promise<string> {
  const store = await openStore(join(cwd, ".parzen", "parzen.db"), artifacts === undefined ? {} : { artifacts });
  const study = await createStudy({ name: "kept", store, space: { x: hp.uniform(0, 1) }, maxTrials: 1 });
  await study.optimize(async (_params, { artifacts }) => {
    for (let file = 0; file < FILES; file++) await artifacts.write(`model-${file}`, new Uint8Array(BYTES));
    return 1;
  });
  const { id } = await study.refresh();
  await store.close();
  return id;
}

describe("kill -9 of a command at work", () => {
  it("init: each file is whole or not there, and the same command once more writes what is missing", async () => {
    for (const args of [["init"], ["init", "--command", "node", "objective.mjs"]]) {
      const whole = emptyFolder();
      expect(await codeOf(args, whole)).toBe(0);
      const names = readdirSync(whole);
      for (let round = 0; round < ROUNDS; round++) {
        const cwd = emptyFolder();
        await killWhen(() => readdirSync(cwd).length > 0, args, cwd);
        const isDone = names.every((name) => existsSync(join(cwd, name)));
        expect(await codeOf(args, cwd)).toBe(isDone ? 2 : 0);
        for (const name of names)
          expect(readFileSync(join(cwd, name), "utf8")).toBe(readFileSync(join(whole, name), "utf8"));
      }
    }
  });

  it("trials files: a new folder has every file whole, or is not there", async () => {
    const cwd = emptyFolder();
    await addStudy(cwd);
    const args = ["trials", "files", "-o", "out"];
    for (let round = 0; round < ROUNDS; round++) {
      await killWhen(() => readdirSync(cwd).some((name) => name.startsWith("out")), args, cwd);
      if (!existsSync(join(cwd, "out"))) expect(await codeOf(args, cwd)).toBe(0);
      const sizes = readdirSync(join(cwd, "out")).map((name) => statSync(join(cwd, "out", name)).size);
      expect(sizes).toEqual(new Array(FILES).fill(BYTES));
      for (const name of readdirSync(cwd)) if (name.startsWith("out")) rmSync(join(cwd, name), { recursive: true });
    }
  });

  it("delete: files in a folder that the study names are gone with it, at the latest after the same command", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const cwd = emptyFolder();
      const artifacts = join(cwd, "elsewhere");
      const id = await addStudy(cwd, artifacts);
      const store = await openStore(join(cwd, ".parzen", "parzen.db"));
      await store.note("kept", { artifacts });
      await store.close();
      const args = ["delete", "kept", "--yes"];
      await killWhen(() => !existsSync(join(artifacts, id)), args, cwd);
      await codeOf(args, cwd);
      expect(readdirSync(artifacts)).toEqual([]);
    }
  });
});
