import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type KnownCode, knownCode } from "../../../src/sweep/code/known-code.ts";
import { loadSweep } from "../../../src/sweep/load.ts";
import { project, write } from "../project.ts";

const FILES = {
  "package.json": '{"type":"module"}',
  "sweep.mjs": `import { half } from "./half.mjs";
export default { space: { x: { uniform: [0, 1] } }, objective: ({ x }) => half(x) };
`,
  "half.mjs": "export const half = (x) => x / 2;\n",
};

/** What is known of a sweep after it was loaded. */
async function found(folder: string, name = "sweep.mjs"): Promise<KnownCode | null> {
  const file = join(folder, name);
  await loadSweep(file);
  return knownCode(file);
}

/** The same with hashes that no file has, so that whoever takes them over shows it. */
function marked(known: KnownCode | null): KnownCode {
  if (known === null) throw new Error("nothing is known");
  return { ...known, modules: known.modules.map((module) => ({ ...module, hash: `of ${module.name}` })) };
}

async function hashes(file: string, known: KnownCode | null): Promise<{ readonly [file: string]: string }> {
  const { files } = await loadSweep(file, known);
  return Object.fromEntries(files.map((each) => [each.file, each.hash]));
}

describe("what is known of a sweep's code", () => {
  it("is taken over while its files stay as they are", async () => {
    const folder = project(FILES);
    const known = marked(await found(folder));
    expect(await hashes(join(folder, "sweep.mjs"), known)).toEqual({
      "half.mjs": "of half.mjs",
      "sweep.mjs": "of sweep.mjs",
    });
  });

  it("gives the version that the sweep has without it", async () => {
    const folder = project(FILES);
    const known = await found(folder);
    const file = join(folder, "sweep.mjs");
    expect((await loadSweep(file, known)).version).toBe((await loadSweep(file)).version);
  });

  it("does not hide that a file changed, with the imports that it has now", async () => {
    const folder = project(FILES);
    const known = await found(folder);
    const file = join(folder, "sweep.mjs");
    write(join(folder, "third.mjs"), "export const third = 1 / 3;\n");
    write(
      join(folder, "half.mjs"),
      'import { third } from "./third.mjs";\nexport const half = (x) => (x * third) / 2;\n',
    );
    const now = await hashes(file, known);
    expect(Object.keys(now)).toEqual(["half.mjs", "sweep.mjs", "third.mjs"]);
    expect(now).toEqual(await hashes(file, null));
  });

  it("does not hide what is wrong now", async () => {
    const folder = project(FILES);
    const known = await found(folder);
    write(join(folder, "half.mjs"), "export const half = (x) => ;\n");
    await expect(loadSweep(join(folder, "sweep.mjs"), known)).rejects.toMatchObject({
      code: "SWEEP_INVALID",
      message: expect.stringContaining("half.mjs:1:28"),
    });
    rmSync(join(folder, "half.mjs"));
    await expect(loadSweep(join(folder, "sweep.mjs"), known)).rejects.toMatchObject({
      message: expect.stringContaining("sweep.mjs:1:22"),
    });
  });

  it("is of the file that a link led to", async () => {
    const folder = project({
      ...FILES,
      "other/sweep.mjs": FILES["sweep.mjs"],
      "other/half.mjs": "export const half = Number;",
    });
    const link = join(folder, "link.mjs");
    symlinkSync(join(folder, "sweep.mjs"), link);
    const known = marked(await found(folder, "link.mjs"));
    rmSync(link);
    symlinkSync(join(folder, "other/sweep.mjs"), link);
    expect(await hashes(link, known)).toEqual(await hashes(join(folder, "other/sweep.mjs"), null));
  });

  it.each([
    ["a file that comes later may be meant", "sweep.ts", 'import { half } from "./half.js";', { "half.ts": "" }],
    ["a link may lead elsewhere", "sweep.mjs", 'import { half } from "./link.mjs";', {}],
  ])("is nothing where %s", async (_, name, line, more) => {
    const text = FILES["sweep.mjs"].replace(/.*\n/, `${line}\n`);
    const { "half.mjs": half } = FILES;
    const folder = project({ "package.json": FILES["package.json"], "half.mjs": half, [name]: text });
    for (const path of Object.keys(more)) write(join(folder, path), half.replace("(x)", "(x: number)"));
    symlinkSync(join(folder, "half.mjs"), join(folder, "link.mjs"));
    expect(await found(folder, name)).toBeNull();
  });
});
