import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decode } from "../../src/space/decode.ts";
import { loadSweep } from "../../src/sweep/load.ts";
import { asTestable } from "../training/as-testable.ts";
import { loneTrial } from "../training/trial-context.ts";
import { blocksOf } from "./blocks.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "parzen-training-docs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync(join(root, "docs/training.md"), "utf8");
const sweeps = blocksOf(page).filter(({ file }) => file?.endsWith(".ts"));

const PARAMS: { readonly [file: string]: { readonly [name: string]: number } } = {
  "wine.ts": { units: 16, dropout: 0.1, learningRate: 1e-2 },
  "schedule.ts": { learningRate: 0.1, warmUp: 2, clip: 1 },
  "transfer.ts": { frozen: 1, baseRate: 0.1, learningRate: 1e-2 },
  "auc.ts": { learningRate: 1e-2 },
};

beforeAll(() => {
  mkdirSync(join(folder, "node_modules"));
  mkdirSync(join(folder, "base"));
  symlinkSync(root, join(folder, "node_modules/parzen"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "wine.csv"), gunzipSync(readFileSync(join(root, "search-spaces/data/wine.csv.gz"))));
  for (const { file, text } of sweeps) writeFileSync(join(folder, file ?? ""), text);
});

describe("the sweeps of docs/training.md", () => {
  it("are those whose params are given here", () => {
    expect(sweeps.map(({ file }) => file)).toEqual(Object.keys(PARAMS));
  });

  it("have the right types", () => {
    const built = `${root}/dist/src`;
    const paths = { parzen: [`${built}/index.d.ts`], "parzen/training": [`${built}/training/index.d.ts`] };
    const config = {
      extends: `${root}/tsconfig.json`,
      compilerOptions: { noEmit: true, rootDir: "/", paths, typeRoots: [`${root}/node_modules/@types`] },
      include: ["*.ts"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    expect(stdout).toBe("");
  });

  it.each(sweeps.map(({ file }) => file ?? ""))("train, and are tested: %s", async (file) => {
    const sweep = await loadSweep(join(folder, file));
    const objective = asTestable(sweep.objective ?? undefined);
    const trial = loneTrial();
    const params = PARAMS[file] ?? {};
    expect(decode(sweep.space, params)).toBeDefined();
    await objective.evaluate(params, trial);
    const { metrics } = await objective.test(params, trial);
    expect(metrics["accuracy"]).toBeGreaterThan(0.8);
    // What the first one keeps is what transfer.ts builds upon.
    if (file === "wine.ts") for (const [name, bytes] of trial.files) writeFileSync(join(folder, "base", name), bytes);
  });
});

it("its own training loop trains, and is tested", async () => {
  for (const { file, text } of blocksOf(page)) if (file?.endsWith(".mts")) writeFileSync(join(folder, file), text);
  const objective = asTestable((await loadSweep(join(folder, "own.mts"))).objective ?? undefined);
  const trial = loneTrial();
  expect(await objective.evaluate({ rate: 0.3 }, trial)).toMatchObject({ loss: expect.closeTo(0, 1) });
  expect((await objective.test({ rate: 0.3 }, trial)).metrics).toEqual({ mse: expect.closeTo(0, 1) });
});

it("its list of sweeps that ship has all of them", () => {
  const list = page.slice(page.indexOf("## Sweeps that ship"), page.indexOf("## How a training goes"));
  const names = readdirSync(join(root, "search-spaces")).filter((name) => name.endsWith(".ts"));
  expect(names.filter((name) => !list.includes(`\n| \`${name.slice(0, -3)}\` |`))).toEqual([]);
});

it("the table of keys has those of a training, and no other", () => {
  const source = readFileSync(join(root, "src/training/training.ts"), "utf8");
  const body = source.slice(source.indexOf("export interface Training<"));
  const keys = [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[(:]/gm)].map(([, name = ""]) => name);
  const table = page.slice(page.indexOf("| key |"), page.indexOf("A key with *"));
  const told = [...table.matchAll(/^\| `(\w+)/gm)].map(([, name = ""]) => name);
  expect([...told, "space"].sort()).toEqual(keys.sort());
});
