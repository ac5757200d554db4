import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";
import { startParzen, trialsIn, writeSweep } from "./running.ts";

const BODY = 'console.log("draw", Math.random()); await trial.report(0, x); return x + Math.random();';

it("gives the recorded loss again, stores nothing, and names what differs", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, BODY, "maxTrials: 2");
  await parzenInOne(["run", "sweep.mjs"], { cwd });
  const before = await trialsIn(cwd);
  const same = await parzenInOne(["rerun", "sweep", "1"], { cwd });
  expect(same.code).toBe(0);
  expect(same.stdout).toMatch(/^loss +(\S+)\nrecorded +\1\ndifference +none\n$/);
  expect(same.stderr).toMatch(/^as recorded: objective, commit, host, node, parzen$/m);
  expect(same.stderr).toMatch(/^draw 0\.\d+$/m);
  expect(same.stderr).toMatch(/^step 0: loss /m);
  writeSweep(cwd, BODY.replace("return x", "return 1 + x"), "maxTrials: 2");
  const other = await parzenInOne(["rerun", "sweep", "1"], { cwd });
  expect(other.stderr).toMatch(/^not as it was recorded:\n {2}objective: \w{12} -> \w{12} \(changed sweep\.mjs\)$/m);
  expect(other.stdout).toMatch(/^difference +(1|0\.9{6,}\d*|1\.0{6,}\d*)$/m);
  expect(await trialsIn(cwd)).toEqual(before);
});

it("a trial that fails again ends with exit code 1; one that is not there with 3", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, 'throw new Error("no data");', "maxTrials: 1");
  await parzenInOne(["run", "sweep.mjs"], { cwd });
  const failed = await parzenInOne(["rerun", "sweep", "0"], { cwd });
  expect(failed).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^loss +failed \(error\): no data\nrecorded/),
  });
  expect(await parzenInOne(["rerun", "sweep", "5"], { cwd })).toMatchObject({ code: 3 });
});

it("a sweep that moved is named with --sweep, here and for `test`", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, "return x;", "maxTrials: 1");
  await parzenInOne(["run", "sweep.mjs"], { cwd });
  renameSync(join(cwd, "sweep.mjs"), join(cwd, "moved.mjs"));
  const hint = (command: string): string => `\nIf it moved, say where it is: parzen ${command} --sweep <path>\n`;
  for (const command of ["rerun sweep 0", "test sweep"]) {
    const { code, stderr } = await parzenInOne(command.split(" "), { cwd });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error: \S+sweep\.mjs is no file/);
    expect(stderr.endsWith(hint(command))).toBe(true);
  }
  expect(await parzenInOne(["rerun", "sweep", "0", "--sweep", "moved.mjs"], { cwd })).toMatchObject({ code: 0 });
});

it("says why this machine cannot run it, as `test` does", async () => {
  const cwd = emptyFolder();
  const program = join(cwd, "train");
  writeFileSync(program, "#!/bin/sh\necho loss=$1\n", { mode: 0o755 });
  const sweep = `command: [${program}, "{x}"]\nspace: { x: { uniform: [0, 1] } }\nmaxTrials: 1\n`;
  writeFileSync(join(cwd, "sweep.yaml"), sweep);
  await parzenInOne(["run", "sweep.yaml"], { cwd });
  rmSync(program);
  const lost = await parzenInOne(["rerun", "sweep", "0"], { cwd });
  expect(lost).toMatchObject({ code: 1, stdout: expect.stringMatching(/^loss +lost: command not found: .*train\n/) });
  const test = await parzenInOne(["test"], { cwd });
  expect(test.stderr).toMatch(/^error: the test of trial 0 gave no figures: command not found: .*train\n$/);
});

it("ends the line that the objective left open", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, 'process.stdout.write("half a line"); return x;', "maxTrials: 1");
  await parzenInOne(["run", "sweep.mjs"], { cwd });
  expect((await parzenInOne(["rerun", "sweep", "0"], { cwd })).stderr).toMatch(/^half a line\n$/m);
});

it("--inspect starts the trial under the inspector, which waits for a debugger", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, "return x;", "maxTrials: 1");
  await parzenInOne(["run", "sweep.mjs"], { cwd });
  const run = startParzen(["rerun", "sweep", "0", "--inspect=127.0.0.1:0"], cwd);
  const told = await run.until(/Debugger listening on ws:\/\/\S+/);
  expect(told).not.toContain("recorded  ");
  run.child.kill("SIGINT");
  expect((await run.ended).code).toBe(130);
});
