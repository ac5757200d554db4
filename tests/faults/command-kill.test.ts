import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";

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
});
