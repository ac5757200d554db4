import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { showDryRun } from "../../cli/run/dry-run.ts";
import { planRun } from "../../cli/run/plan.ts";
import { emptyFolder } from "./parzen.ts";
import { writeSweep } from "./running.ts";

it("a dry run of a study in Redis says that its workers have the slots", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, "return x;");
  const plan = await planRun(join(cwd, "sweep.mjs"), { store: "redis://127.0.0.1:1" });
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  onTestFinished(() => write.mockRestore());
  await showDryRun({ plan, slots: [], existing: null, givers: [], search: plan });
  expect(write.mock.calls.join("")).toMatch(/\n +slots +those of its workers\n/);
});
