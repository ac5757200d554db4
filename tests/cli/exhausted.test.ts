import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";

it("a finite space ends after each of its configurations, and status says so", async () => {
  const cwd = emptyFolder();
  const space = "space: { a: { choice: [1, 2, 3] }, b: { uniformint: [1, 2] } }";
  writeFileSync(join(cwd, "small.yaml"), `command: [echo, "loss={a}{b}"]\n${space}\nmaxTrials: 100\n`);
  const ran = await parzenInOne(["run", "small.yaml"], { cwd });
  expect(ran.code).toBe(0);
  expect(ran.stderr).toMatch(/nothing is left to try \(6 complete\)/);
  const { stdout } = await parzenInOne(["status"], { cwd });
  expect(stdout).toMatch(/^small: finished\n/);
  expect(stdout).toMatch(/why +nothing is left to try/);
  expect(stdout).not.toMatch(/go on/);
  const set = await parzenInOne(["set", "small", "--max-failures", "30"], { cwd });
  expect(set).toMatchObject({ code: 0, stderr: "" });
  const resumed = await parzenInOne(["resume"], { cwd });
  expect(resumed).toMatchObject({ code: 0, stdout: "small may go on, but nothing is left to try.\n", stderr: "" });
  const listed = await parzenInOne(["trials", "list", "--json"], { cwd });
  const params = JSON.parse(listed.stdout).map((trial: { readonly params: unknown }) => JSON.stringify(trial.params));
  expect(new Set(params).size).toBe(6);
});
