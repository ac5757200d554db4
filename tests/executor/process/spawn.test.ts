import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { entryPath } from "../../../src/executor/process/entry.ts";
import { Reaper } from "../../../src/executor/process/reaper.ts";
import { startTree } from "../../../src/executor/process/spawn.ts";

it("a tree that is gone gets no signal: by then its pid may be another's", async () => {
  const reaper = new Reaper();
  onTestFinished(() => reaper.close());
  const program = { file: "true", args: [], cwd: "/", env: process.env, hasChannel: false };
  const tree = await startTree(program, reaper);
  await tree.destroy();
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  onTestFinished(() => kill.mockRestore());
  tree.signal("SIGTERM");
  expect(kill).not.toHaveBeenCalled();
});

it("a folder that cannot be removed keeps no other one", async () => {
  const watcher = spawn(process.execPath, [entryPath("reaper")], { stdio: ["pipe", "ignore", "ignore"] });
  const folder = await mkdtemp(join(tmpdir(), "parzen-cleared-"));
  for (const clear of ["no such\0name", folder]) watcher.stdin.write(`${JSON.stringify({ clear })}\n`);
  watcher.stdin.end();
  expect(await once(watcher, "exit")).toEqual([0, null]);
  expect(existsSync(folder)).toBe(false);
});
