import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { showDryRun } from "../../cli/run/dry-run.ts";
import { planRun } from "../../cli/run/plan.ts";
import { parzenInOne } from "./one-process.ts";
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

it("a dry run shows a command that a shell runs as the trial would", async () => {
  const cwd = emptyFolder();
  const words = ["it's", "a b", "$HOME", "w".repeat(90), '"*"'];
  const command = ["printf", "%s|", ...words, "--x={x}", "--budget={fidelity}"];
  const sweep = { command, space: { x: { choice: ["a b"] } }, fidelity: { name: "epochs", min: 1, max: 9, eta: 3 } };
  writeFileSync(join(cwd, "sweep.json"), JSON.stringify(sweep));
  const { code, stdout } = await parzenInOne(["run", "sweep.json", "--dry-run"], { cwd });
  expect(code).toBe(0);
  const [, shown = ""] = /\ncommand of the first one\n {2}(.*)\n/.exec(stdout) ?? [];
  expect(execFileSync("sh", ["-c", shown], { encoding: "utf8" })).toBe(
    [...words, "--x=a b", "--budget=9", ""].join("|"),
  );
});
