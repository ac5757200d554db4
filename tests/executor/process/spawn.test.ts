import { expect, it, onTestFinished, vi } from "vitest";
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
