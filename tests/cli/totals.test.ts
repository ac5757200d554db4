import { describe, expect, it } from "vitest";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";
import { argumentsOf, trialsIn, writeSweep } from "./running.ts";
import { addStudy } from "./small-study.ts";

describe("a total below the number of trials that are there", () => {
  it("given to run, it ends the study as it is, and later totals count from there", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;", "maxTrials: 4");
    await parzenInOne(["run", "sweep.mjs"], { cwd });
    const { code, stderr } = await parzenInOne(["run", "sweep.mjs", "-n", "2"], { cwd });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^sweep in \S+, 4 trials there, 4 trials in all, /m);
    expect(stderr).toMatch(/^sweep: all 4 trials are done \(4 complete\)$/m);
    const status = JSON.parse((await parzenInOne(["status", "--json"], { cwd })).stdout);
    expect(status).toMatchObject({ state: "finished", why: "all 4 trials are done", trials: { total: 4 } });
    const [, advice = ""] = /extend it with: (.*)$/m.exec(stderr) ?? [];
    expect(await parzenInOne(argumentsOf(advice), { cwd })).toMatchObject({ code: 0 });
    expect(await trialsIn(cwd)).toHaveLength(8);
  });

  it("given to set, it is the number of trials", async () => {
    const cwd = emptyFolder();
    await addStudy(cwd, { trials: 6, maxTrials: 20 });
    const told = await parzenInOne(["set", "demo", "-n", "3"], { cwd });
    expect(told).toEqual({ code: 0, stdout: "max-trials: 20 -> 6\n", stderr: "6 trials hold a number already\n" });
  });

  it("set by a program, it is shown as the number of trials", async () => {
    const cwd = emptyFolder();
    await addStudy(cwd, { trials: 6, maxTrials: 2 });
    expect((await parzenInOne(["status"], { cwd })).stdout).toMatch(/^ +trials +6 of 6 /m);
    expect((await parzenInOne(["list"], { cwd })).stdout).toMatch(/^demo +6\/6 /m);
  });
});

describe("a study that is held after its last trial", () => {
  it.each(["stop", "pause"])("after %s, status names a command that makes it go on", async (control) => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;", "maxTrials: 2");
    await parzenInOne(["run", "sweep.mjs"], { cwd });
    const held = await parzenInOne([control], { cwd });
    if (control !== "pause") expect(held.stderr).toMatch(/Go on with: parzen run sweep\.mjs -n 4\n$/);
    const { stdout } = await parzenInOne(["status"], { cwd });
    const [, advice = ""] = /go on +(.*)$/m.exec(stdout) ?? [];
    expect(advice).toBe("parzen run sweep.mjs -n 4");
    expect(await parzenInOne(argumentsOf(advice), { cwd })).toMatchObject({ code: 0 });
    expect(await trialsIn(cwd)).toHaveLength(4);
  });

  it("a target that is reached is what status takes away", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;", "maxTrials: 2");
    await parzenInOne(["run", "sweep.mjs"], { cwd });
    await parzenInOne(["set", "sweep", "--target-loss", "1", "--max-trials", "5"], { cwd });
    const advice = "parzen set sweep --target-loss none";
    expect((await parzenInOne(["status"], { cwd })).stdout).toMatch(new RegExp(`go on +${advice}$`, "m"));
    expect((await parzenInOne(["stop"], { cwd })).stderr).toBe(`Go on with: ${advice}\n`);
    expect((await parzenInOne(["status"], { cwd })).stdout).toMatch(new RegExp(`go on +${advice}$`, "m"));
    expect((await parzenInOne(["resume"], { cwd })).stderr).toBe(`Give it more with: ${advice}\n`);
  });

  it("of a target and a patience, run and status name the one that ended it", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return 1 - x / 1000;", "maxTrials: 1");
    await parzenInOne(["run", "sweep.mjs"], { cwd });
    await parzenInOne(["set", "sweep", "--target-loss", "0", "--patience", "1", "-n", "50"], { cwd });
    await parzenInOne(["run", "sweep.mjs"], { cwd });
    const { stderr } = await parzenInOne(["run", "sweep.mjs"], { cwd });
    expect(stderr).toMatch(/nothing to do; extend it with: parzen set sweep --patience none$/m);
    expect((await parzenInOne(["status"], { cwd })).stdout).toMatch(/go on +parzen set sweep --patience none$/m);
  });
});
