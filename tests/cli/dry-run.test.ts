import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { showDryRun } from "../../cli/run/dry-run.ts";
import { planRun } from "../../cli/run/plan.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";
import { trialsIn, writeSweep } from "./running.ts";

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
  const { code, stdout } = await parzenInOne(["run", "sweep.json", "--dry-run", "--pruner", "hyperband"], { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/\n {2}pruner +hyperband\n {2}fidelity +1 to 9 epochs, eta 3\n/);
  const [, shown = ""] = /\ncommand of the first one\n {2}(.*)\n/.exec(stdout) ?? [];
  expect(execFileSync("sh", ["-c", shown], { encoding: "utf8" })).toBe(
    [...words, "--x=a b", "--budget=9", ""].join("|"),
  );
});

it("--dry-run shows the space and the first trials, and writes nothing", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, "return x;");
  const { code, stdout, stderr } = await parzenInOne(["run", "sweep.mjs", "--dry-run", "--seed", "4"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^x {6}uniform\(0, 1\)$/m);
  expect(stdout).toMatch(/total +6 trials\n.*\n {2}sampler +auto, seed 4/);
  expect(stdout.match(/^ {2}\d {2}x=/gm)).toHaveLength(3);
  expect(existsSync(join(cwd, ".parzen"))).toBe(false);
  await parzenInOne(["run", "sweep.mjs", "--seed", "4", "--slots", "1"], { cwd });
  const first = (await trialsIn(cwd))[0]?.params as { x: number };
  expect(stdout).toContain(`  0  x=${Number(first.x.toPrecision(4))}\n`);
});

it("--dry-run shows what a study goes on with, which flags of its first run may have decided", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, "return x;");
  await parzenInOne(["run", "sweep.mjs", "--seed", "4", "--sampler", "random", "-n", "3"], { cwd });
  const shown = async (...flags: readonly string[]): Promise<object> => {
    const { stdout } = await parzenInOne(["run", "sweep.mjs", "--dry-run", "--json", ...flags], { cwd });
    const { sampler, seed, maxTrials } = JSON.parse(stdout);
    return { sampler, seed, maxTrials };
  };
  expect(await shown()).toEqual({ sampler: "random", seed: 4, maxTrials: 3 });
  expect(await shown("-n", "9")).toEqual({ sampler: "random", seed: 4, maxTrials: 9 });
  expect(await shown("--fresh")).toEqual({ sampler: "auto", seed: 0, maxTrials: 6 });
});
