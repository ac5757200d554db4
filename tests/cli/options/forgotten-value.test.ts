import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createStudy, hp } from "../../../src/index.ts";
import { parzenInOne } from "../one-process.ts";
import { emptyFolder } from "../parzen.ts";
import { addStudy, storeIn } from "../small-study.ts";

const cwd = emptyFolder();
await addStudy(cwd);

describe("an option whose value was forgotten", () => {
  it.each([
    ["-o, --output <file>", ["plot", "history", "-o", "--store", "x"]],
    ["-o, --output <file>", ["export", "csv", "-o", "--name=x"]],
    ["-o, --output <folder>", ["trials", "files", "-o", "--study", "demo"]],
    ["--study <name>", ["trials", "show", "1", "--study", "--json"]],
    ["--columns <names>", ["trials", "list", "--columns", "--json"]],
    ["--params <paths>", ["plot", "contour", "--params", "-o", "x.svg"]],
    ["--from <study>", ["run", "s.yaml", "--from", "--fresh"]],
    ["--spool <folder>", ["worker", "s.yaml", "--spool", "--drain"]],
    ["--sweep <sweep>", ["rerun", "demo", "1", "--sweep", "--inspect"]],
  ])("%s does not take the next one", async (option, args) => {
    const ran = await parzenInOne(args, { cwd });
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    const said = `error: option '${option}' argument '${args[args.findIndex((each) => option.includes(each)) + 1]}'`;
    expect(ran.stderr).toContain(`${said} is invalid. Expected a value that does not begin with -.`);
    expect(existsSync(join(cwd, "--store"))).toBe(false);
  });

  it("says what it takes where it knows better", async () => {
    expect((await parzenInOne(["best", "--format", "--json"], { cwd })).stderr).toContain("Allowed choices are table,");
    expect((await parzenInOne(["set", "demo", "-n", "--patience"], { cwd })).stderr).toContain("an integer from 1");
  });
});

it.each([
  [["set", "demo", "--target-loss", "-3"], /none -> -3/],
  [["enqueue", "demo", "lr=0.5", "layers.0=16", "optimizer.type=adam", "--loss", "-.5"], /^$/],
  [["trials", "list", "--sort", "-loss", "--limit", "1"], /complete/],
  [["export", "csv", "-o", "-"], /^number,/],
  [["trials", "list", "--filter", "lr>-1", "--limit", "1"], /complete/],
])("%j has a value that begins with a hyphen", async (args, stdout) => {
  expect(await parzenInOne(args, { cwd })).toMatchObject({ code: 0, stdout: expect.stringMatching(stdout) });
});

it("a study whose name begins with a hyphen is named behind =", async () => {
  const folder = emptyFolder();
  const space = { x: hp.uniform(0, 1) };
  const study = await createStudy({ name: "-x", store: storeIn(folder), space, maxTrials: 1 });
  await study.optimize(({ x }) => x);
  await study.close();
  expect(await parzenInOne(["trials", "show", "0", "--study=-x"], { cwd: folder })).toMatchObject({ code: 0 });
  expect(await parzenInOne(["best", "--", "-x"], { cwd: folder })).toMatchObject({ code: 0 });
});
