import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder, parzen } from "./parzen.ts";
import { argumentsOf, trialsIn, writeSweep } from "./running.ts";

const template = emptyFolder();
beforeAll(async () => {
  writeSweep(template, "return x;", "maxTrials: 3");
  expect((await parzenInOne(["run", "sweep.mjs"], { cwd: template })).code).toBe(0);
});

/** A folder with a study of three trials, which a quick sweep may extend. */
function begun(): string {
  const cwd = emptyFolder();
  cpSync(template, cwd, { recursive: true });
  return cwd;
}

function edit(folder: string, from: string, to: string): void {
  const file = join(folder, "sweep.mjs");
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
}

/** The commands that a message offers. */
function offered(stderr: string): readonly string[] {
  return [...stderr.matchAll(/^to .*?: +(.*)$/gm)].map(([, command]) => command ?? "");
}

describe("a study whose sweep changed", () => {
  it("with another space it is refused, and each command that is offered does what it says", async () => {
    const cwd = begun();
    edit(cwd, "uniform: [0, 1]", "uniform: [0, 2]");
    const refused = await parzenInOne(["run", "sweep.mjs", "-n", "4"], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(/^ {2}x: uniform \[0, 1\] -> uniform \[0, 2\]$/m);
    const [undo, fresh = "", renamed = ""] = offered(refused.stderr);
    expect(undo).toBe("undo the change, then parzen run sweep.mjs -n 4");
    expect(await parzenInOne(argumentsOf(renamed), { cwd })).toMatchObject({ code: 0 });
    expect(await trialsIn(cwd, "sweep-2")).toHaveLength(4);
    const anew = await parzenInOne(argumentsOf(fresh), { cwd });
    expect(anew.code).toBe(0);
    const kept = /the old study is kept as (sweep\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)/.exec(anew.stderr)?.[1] ?? "";
    expect(await trialsIn(cwd, kept)).toHaveLength(3);
    expect(await trialsIn(cwd)).toHaveLength(4);
    expect(anew.stderr.split("\n")[0]).toBe("parzen run sweep.mjs -n 4");
  });

  it("with another relation it is refused, also where one begins and ends with a quote", async () => {
    const cwd = emptyFolder();
    const sweep = (where: string): void =>
      writeFileSync(
        join(cwd, "sweep.yaml"),
        `space: { c: { choice: [a, b, d] } }\nmaxTrials: 2\ncommand: ["true"]\nwhere: '${where}'\n`,
      );
    sweep('"a" == c or c == "b"');
    await parzenInOne(["run", "sweep.yaml"], { cwd });
    sweep('c != "d"');
    const refused = await parzenInOne(["run", "sweep.yaml"], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(/^ {2}where: "a" == c or c == "b" -> c != "d"$/m);
  });

  it("with another seed or sampler it is refused, and the first command goes on as it was begun", async () => {
    const cwd = begun();
    const refused = await parzenInOne(["run", "sweep.mjs", "-n", "4", "--seed", "7", "--sampler", "random"], { cwd });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^ {2}seed: 0 -> 7$/m);
    expect(refused.stderr).toMatch(/^ {2}sampler: auto .* -> random /m);
    const [goOn = ""] = offered(refused.stderr);
    expect(await parzenInOne(argumentsOf(goOn), { cwd })).toMatchObject({ code: 0 });
    expect(await trialsIn(cwd)).toHaveLength(4);
  });

  it("what a flag decided at the beginning holds without the flag", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;", "maxTrials: 2, seed: 3");
    await parzenInOne(["run", "sweep.mjs", "--seed", "9", "--sampler", "random"], { cwd });
    const again = await parzenInOne(["run", "sweep.mjs", "-n", "3"], { cwd });
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining("random with seed 9") });
  });

  it("with much other code it says which files are the first, and how many more there are", async () => {
    const cwd = begun();
    const files = Array.from({ length: 14 }, (_, index) => `part-${String(index).padStart(2, "0")}.mjs`);
    for (const file of files) writeFileSync(join(cwd, file), "export {};\n");
    edit(cwd, "", files.map((file) => `import "./${file}";\n`).join(""));
    const { code, stderr } = await parzenInOne(["run", "sweep.mjs", "-n", "4"], { cwd });
    expect(code).toBe(0);
    const lines = [...files.slice(0, 10).map((file) => `  added ${file}`), "  and 5 other files"];
    expect(stderr).toContain(["the objective changed since the last run:", ...lines, "this run"].join("\n"));
  });

  it("with other code it goes on, and says which file changed", async () => {
    const cwd = begun();
    edit(cwd, "return x;", "return x + 1;");
    const { code, stderr } = await parzenInOne(["run", "sweep.mjs", "-n", "5"], { cwd });
    expect(code).toBe(0);
    expect(stderr).toMatch(/the objective changed since the last run:\n {2}changed sweep\.mjs\n/);
    expect(offered(stderr)).toEqual(["parzen run sweep.mjs -n 5 --fresh", "parzen run sweep.mjs -n 5 --name sweep-2"]);
    const versions = (await trialsIn(cwd)).map((trial) => ("version" in trial ? trial.version : null));
    expect(new Set(versions).size).toBe(2);
    const calm = await parzenInOne(["run", "sweep.mjs", "-n", "6"], { cwd });
    expect(calm.stderr).not.toContain("changed");
  });
});

describe("a study that fails", () => {
  const FAILING = 'console.log("reading data"); throw new Error("no file at " + trial.number);';

  it("pauses, shows the commonest error with its count and output, and goes on after a fix", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, FAILING, "maxTrials: 12");
    const failed = await parzenInOne(["run", "sweep.mjs"], { cwd });
    expect(failed).toMatchObject({ code: 1, stdout: "" });
    expect(failed.stderr).toMatch(/^5 trials failed with: no file at 0\n(#0 \| .*\n)*#0 \| reading data\n/m);
    const goOn = /after a fix, go on with: (.*)$/m.exec(failed.stderr)?.[1] ?? "";
    const status = await parzenInOne(["status"], { cwd });
    expect(status.stdout).toMatch(/^sweep: paused\n/);
    expect(status.stdout).toMatch(
      /why +it paused itself: the last 5 trials failed\n +go on +parzen run sweep\.mjs -n 12/,
    );
    expect(status.stdout).toMatch(/failures\n +5 x no file at 0 \(#0, #1, #2, #3, #4\)/);
    writeSweep(cwd, "return x;", "maxTrials: 12");
    const fixed = await parzen(argumentsOf(goOn), { cwd });
    expect(fixed).toMatchObject({ code: 0, stderr: expect.stringContaining("sweep was paused; it goes on now") });
    expect((await trialsIn(cwd)).filter(({ state }) => state === "complete")).toHaveLength(7);
  });

  it("with its total used up, names the command that extends it", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, FAILING, "maxTrials: 5");
    const failed = await parzenInOne(["run", "sweep.mjs"], { cwd });
    expect(failed.stderr).toMatch(/^after a fix, go on with: parzen run sweep\.mjs -n 10$/m);
  });

  it("without a complete trial the exit code is 1", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, FAILING, "maxTrials: 2");
    const { code, stderr } = await parzenInOne(["run", "sweep.mjs"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^sweep: all 2 trials are done \(2 failed\)/m);
  });
});
