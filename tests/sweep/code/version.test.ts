import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type LoadedSweep, loadSweep } from "../../../src/sweep/load.ts";
import { project, write } from "../project.ts";

const MODULE = {
  "package.json": '{"type":"module"}',
  "sweeps/sweep.ts": `import { half } from "../lib/half.ts";
import type { P } from "../lib/types.ts";
export default { space: { x: { uniform: [0, 1] } }, objective: (p: P): number => half(p.x), data: ["../data.csv"] };
`,
  "lib/half.ts": "// halves\nexport const half = (x: number): number => x / 2;\n",
  "lib/types.ts": "export interface P { readonly x: number }\n",
  "data.csv": "1,2\n",
};

const COMMAND = {
  "sweep.yaml": "space: {x: {uniform: [0, 1]}}\ncommand: [python, train.py, '--x={x}']\ndata: [data.csv]\n",
  "train.py": "print(1)\n",
  "data.csv": "1,2\n",
};

/** The version of a project after a file in it was changed. */
async function changed(files: { readonly [path: string]: string }, path: string, text: string): Promise<LoadedSweep> {
  const folder = project(files);
  write(join(folder, path), text);
  return load(folder);
}

function load(folder: string): Promise<LoadedSweep> {
  return loadSweep(join(folder, "sweeps/sweep.ts")).catch(() => loadSweep(join(folder, "sweep.yaml")));
}

describe("the version of a function", () => {
  it("covers the sweep, its local imports and its data, by names that are the same everywhere", async () => {
    const sweep = await load(project(MODULE));
    expect(sweep.files.map(({ file }) => file)).toEqual(["../data.csv", "../lib/half.ts", "sweep.ts"]);
    expect((await load(project(MODULE))).version).toBe(sweep.version);
  });

  it.each([
    ["lib/half.ts", "/* a comment */\nexport const half = (x: number): number =>\n  x / 2;\n"],
    ["lib/types.ts", "export interface P { readonly x: number; readonly y?: number }\n"],
    ["unused.ts", "export {};\n"],
  ])("does not change with what changes nothing in %s", async (path, text) => {
    const before = await load(project(MODULE));
    expect((await changed(MODULE, path, text)).version).toBe(before.version);
  });

  it.each([
    ["lib/half.ts", "export const half = (x: number): number => x / 3;\n", "../lib/half.ts"],
    ["data.csv", "1,3\n", "../data.csv"],
    ["sweeps/sweep.ts", MODULE["sweeps/sweep.ts"].replace("half(p.x)", "half(p.x) + 1"), "sweep.ts"],
  ])("changes with %s, which is named", async (path, text, name) => {
    const before = await load(project(MODULE));
    const after = await changed(MODULE, path, text);
    expect(after.version).not.toBe(before.version);
    expect(differing(before, after)).toEqual([name]);
  });
});

describe("the version of a command", () => {
  it("covers its arguments, scripts and data", async () => {
    const sweep = await load(project(COMMAND));
    expect(sweep.files.map(({ file }) => file)).toEqual(["data.csv", "sweep.yaml", "train.py"]);
  });

  it("does not change with settings of the sweep", async () => {
    const before = await load(project(COMMAND));
    const after = await changed(COMMAND, "sweep.yaml", `${COMMAND["sweep.yaml"]}maxTrials: 7\n`);
    expect(after.version).toBe(before.version);
  });

  it.each([
    ["train.py", "print(2)\n", "train.py"],
    ["data.csv", "", "data.csv"],
    ["sweep.yaml", COMMAND["sweep.yaml"].replace("--x", "--y"), "sweep.yaml"],
  ])("changes with %s, which is named", async (path, text, name) => {
    const before = await load(project(COMMAND));
    const after = await changed(COMMAND, path, text);
    expect(differing(before, after)).toEqual([name]);
  });
});

function differing(before: LoadedSweep, after: LoadedSweep): readonly string[] {
  const hashes = new Map(before.files.map(({ file, hash }) => [file, hash]));
  return after.files.filter(({ file, hash }) => hashes.get(file) !== hash).map(({ file }) => file);
}
