import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { parse } from "yaml";
import { SAMPLER_NAMES, samplerFrom } from "../../src/samplers/registry.ts";
import type { JsonObject } from "../../src/trial/json.ts";
import { blocksOf } from "./blocks.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(join(root, "docs/samplers.md"), "utf8");
const blocks = blocksOf(page);
const folder = mkdtempSync(join(tmpdir(), "parzen-samplers-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "node_modules"));
symlinkSync(root, join(folder, "node_modules/parzen"));
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');

/** The options that the table of a section lists, with their defaults. */
function listedIn(title: string): ReadonlyMap<string, string> {
  const section = page.split(/^##+ /m).find((each) => each.startsWith(`${title}\n`)) ?? "";
  const rows = section.matchAll(/^\| `(\w+)` \|.*\| (\S+) \|$/gm);
  return new Map([...rows].map(([, option = "", value = ""]) => [option, value]));
}

function defaultsOf(name: string, options: JsonObject = {}): ReadonlyMap<string, string> {
  return new Map(Object.entries(samplerFrom({ name, options }).options).map(([key, value]) => [key, String(value)]));
}

it.each(SAMPLER_NAMES)("docs/samplers.md lists %s, and its options with their defaults", (name) => {
  expect(page).toMatch(new RegExp(`^\\| (\\[\`${name}\`\\]\\(#${name}\\)|\`${name}\`) \\|`, "m"));
  expect(listedIn(name)).toEqual(defaultsOf(name));
});

it("and those of one model for each param", () => {
  expect(listedIn("One model for each param")).toEqual(defaultsOf("tpe", { multivariate: false }));
});

it("the samplers of its YAML are made as they are written", () => {
  const written = blocks
    .filter(({ language }) => language === "yaml")
    .flatMap(({ text }) => text.split("\n").filter((line) => line.startsWith("sampler:")))
    .map((line): string | Readonly<Record<string, JsonObject>> => parse(line).sampler);
  const made = written.map((each) => {
    const [name = "", options = {}] = typeof each === "string" ? [each] : (Object.entries(each)[0] ?? []);
    return samplerFrom({ name, options }).options;
  });
  expect(made).toMatchObject([
    {},
    { steps: 5 },
    { fixed: { lr: 0.01, optimizer: "adam" }, sampler: { name: "tpe" } },
    { fixed: { lr: 0.01 }, sampler: { name: "grid", options: { steps: 5 } } },
  ]);
});

const programs = blocks.filter(({ text }) => text.includes("await fmin"));

it.each(programs.map(({ text }, index) => [index, text] as const))("its program %i runs", async (index, text) => {
  const file = join(folder, `program-${index}.mts`);
  writeFileSync(file, text);
  await promisify(execFile)(process.execPath, [join(root, "node_modules/tsx/dist/cli.mjs"), file]);
});

it("its sampler of one's own passes the contract", async () => {
  for (const { file, text } of blocks) if (file !== null) writeFileSync(join(folder, file), text);
  symlinkSync(join(root, "node_modules/vitest"), join(folder, "node_modules/vitest"));
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [vitest, "run", "--root", folder, "my-sampler"]);
  expect(stdout).toMatch(/Test Files .*1 passed/);
});
