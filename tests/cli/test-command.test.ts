import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder, type Ran } from "./parzen.ts";

const SWEEP = `import { appendFileSync } from "node:fs";
const taken = new URL("taken.txt", import.meta.url);
const encode = (text: string) => new TextEncoder().encode(text);
export default {
  space: { x: { uniform: [0, 1] } },
  maxTrials: 4,
  objective: {
    async evaluate(params: { x: number }, trial: any) {
      await trial.artifacts.write("model.txt", encode(String(params.x)));
      return params.x;
    },
    async test(params: { x: number }, trial: any) {
      appendFileSync(taken, trial.number + "\\n");
      const model = new TextDecoder().decode(await trial.artifacts.read("model.txt"));
      return { metrics: { error: Number(model) * 2 } };
    },
  },
};
`;

describe("parzen test", () => {
  const folder = emptyFolder();
  const test = (...args: string[]): Promise<Ran> => parzenInOne(["test", ...args], { cwd: folder });
  const taken = (): string[] => readFileSync(join(folder, "taken.txt"), "utf8").trim().split("\n");
  let best: number;
  let others: readonly string[];

  beforeAll(async () => {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "sweep.mts"), SWEEP);
    expect((await parzenInOne(["run", "sweep.mts"], { cwd: folder })).code).toBe(0);
    best = JSON.parse((await parzenInOne(["best", "--format", "json"], { cwd: folder })).stdout).number;
    others = [0, 1, 2, 3].filter((number) => number !== best).map(String);
  });

  it("shows what the run took, without taking it again", async () => {
    expect(taken()).toEqual([String(best)]);
    const { code, stdout, stderr } = await test("--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ trial: best, times: 1, metrics: { error: expect.any(Number) } });
    expect(stderr).toMatch(/^Taken .* and kept: the test split is evaluated once\.$/m);
    expect(taken()).toEqual([String(best)]);
  });

  it("takes another trial's once, from the model that the trial saved", async () => {
    const [other = ""] = others;
    const first = await test("--trial", other);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/test error\s+\d/);
    expect(await test("sweep", "--trial", other)).toMatchObject({ code: 0, stdout: first.stdout });
    expect(taken()).toEqual([String(best), other]);
    const [trial] = JSON.parse((await parzenInOne(["export", "json"], { cwd: folder })).stdout).filter(
      ({ number }: { number: number }) => String(number) === other,
    );
    expect(JSON.parse((await test("--trial", other, "--json")).stdout).metrics.error).toBe(trial.params.x * 2);
  });

  it("refuses other code than the trial ran, and names what changed", async () => {
    const [, other = ""] = others;
    writeFileSync(join(folder, "sweep.mts"), SWEEP.replace("* 2", "* 3"));
    const refused = await test("--trial", other);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(
      /the objective is not the one that trial \d ran: changed sweep\.mts\nPut the files back/,
    );
    expect(taken()).toHaveLength(2);
  });
});

it("a run of a finished study says where the test split is still to be taken", async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "package.json"), '{ "type": "module" }');
  const unready = 'if (!existsSync(new URL("ready", import.meta.url))) throw new Error("not ready"); const model';
  const sweep = SWEEP.replace("import { ", "import { existsSync, ").replace("const model", unready);
  writeFileSync(join(cwd, "sweep.mts"), sweep);
  const run = (): Promise<Ran> => parzenInOne(["run", "sweep.mts"], { cwd });
  const says = (code: number, stderr: RegExp): object => ({ code, stderr: expect.stringMatching(stderr) });
  expect(await run()).toMatchObject(says(1, /^the test split was not evaluated: .*not ready$/m));
  writeFileSync(join(cwd, "ready"), "");
  writeFileSync(join(cwd, "sweep.mts"), sweep.replace("* 2", "* 3"));
  const other = /^the test split was not evaluated: trial \d ran other code than the sweep has now$/m;
  expect(await run()).toMatchObject(says(1, other));
  writeFileSync(join(cwd, "sweep.mts"), sweep);
  expect(await run()).toMatchObject(says(0, /^only the test split is left to evaluate; extend it with: /m));
  expect(await run()).toMatchObject(says(0, /^nothing to do; extend it with: /m));
});

describe("parzen test of a program", () => {
  it("starts it with PARZEN_PURPOSE=test and keeps its figures", async () => {
    const cwd = emptyFolder();
    const figures = '{{\\"test\\": {{\\"accuracy\\": 0.5}}}}'; // doubled: a brace is the command's own
    const script = `if [ "$PARZEN_PURPOSE" = test ]; then echo "${figures}"; else echo loss=$1; fi`;
    writeFileSync(
      join(cwd, "program.yaml"),
      `command: [sh, -c, '${script}', sh, "{x}"]\nspace: { x: { uniform: [0, 1] } }\nmaxTrials: 2\n`,
    );
    expect((await parzenInOne(["run", "program.yaml"], { cwd })).code).toBe(0);
    expect((await parzenInOne(["test"], { cwd })).stdout).toMatch(/test accuracy\s+0\.5/);
    expect((await parzenInOne(["test"], { cwd })).stderr).toMatch(/^Taken/);
  });

  it("says so where the program knows no test", async () => {
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, "program.yaml"),
      'command: [echo, "loss={x}"]\nspace: { x: { uniform: [0, 1] } }\nmaxTrials: 2\n',
    );
    await parzenInOne(["run", "program.yaml"], { cwd });
    const ran = await parzenInOne(["test"], { cwd });
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    expect(ran.stderr).toMatch(/the command has no test: with PARZEN_PURPOSE=test, expected a last line/);
  });
});
