import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Block, blocksOf } from "./blocks.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = blocksOf(readme);
const folder = mkdtempSync(join(tmpdir(), "parzen-readme-"));
const run = promisify(execFile);

beforeAll(() => {
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  symlinkSync(root, join(folder, "node_modules/parzen"));
  symlinkSync(join(root, "dist/cli/main.js"), join(folder, "node_modules/.bin/parzen"));
  symlinkSync(join(root, "node_modules/tsx/dist/cli.mjs"), join(folder, "node_modules/.bin/tsx"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const { file, text } of blocks) if (file !== null) writeFileSync(join(folder, file), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const outputs = new Map<string, Promise<string>>();

/** What a line of a `sh` block prints, which is run once. */
function outputOf(line: string): Promise<string> {
  const output = outputs.get(line) ?? printedBy(line);
  outputs.set(line, output);
  return output;
}

/** Sweeps run with fewer trials, which print the same; the main job in a store of its own. */
async function printedBy(line: string): Promise<string> {
  const [program = "", ...args] = line.replace(/#.*$/, "").trim().split(/\s+/);
  const env = { ...process.env, NO_COLOR: "1" };
  if (program === "npx") {
    const [bin = "", ...rest] = args;
    const short = rest[0] === "run" ? [...rest, "-n", "6"] : rest;
    const { stdout } = await run(process.execPath, [join(folder, "node_modules/.bin", bin), ...short], {
      cwd: folder,
      env,
    });
    return stdout;
  }
  expect([program, ...args.slice(0, 3)]).toEqual(["npm", "start", "--", "run"]);
  const short = [...args, "-n", "2", "--store", join(folder, "main.db")];
  const { stdout, stderr } = await run("npm", short, { cwd: root, env });
  return `${stderr}${stdout}`.replaceAll(join(folder, "main.db"), ".parzen/parzen.db");
}

/** Commands that whoever runs these tests has run. */
const ALREADY_RUN = ["npm ci"];

function linesOf({ text }: Block): readonly string[] {
  const lines = text.split("\n").map((line) => line.replace(/\s*#.*$/, ""));
  return lines.filter((line) => line !== "" && !ALREADY_RUN.includes(line));
}

const PART = String.raw`\d+(\.\d+)?(ms|[hms])`;
/** `1m 2.3s` is one. */
const DURATION = new RegExp(String.raw`\b${PART}(\s?${PART})*\b`, "g");

/** The shape of output: its words, every number and every duration alike. */
function shapeOf(output: string): readonly string[] {
  return output.split("\n").map((line) =>
    line
      .replace(DURATION, "0s")
      .replace(/\d+(\.\d+)?(e-?\d+)?/g, "0")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

describe("README", () => {
  const shells = blocks.filter(({ language }) => language === "sh");

  it("has every kind of example in it", () => {
    expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(["sh", "text", "ts", "yaml", "python"]));
    expect(existsSync(join(root, "dist/cli/main.js"))).toBe(true);
  });

  it.each(shells.map((block) => [linesOf(block).join("; "), block] as const))("runs: %s", async (_name, block) => {
    let printed = "";
    for (const line of linesOf(block)) printed += await outputOf(line);
    const shown = blocks[blocks.indexOf(block) + 1];
    if (shown?.language !== "text") return;
    const shape = shapeOf(printed);
    for (const line of shapeOf(shown.text)) {
      if (line !== "...")
        expect(
          shape.some((each) => each.startsWith(line)),
          `${line} in\n${printed}`,
        ).toBe(true);
    }
  });

  it("prints what the page shows, to the last digit, where the seed decides it", async () => {
    const index = blocks.findIndex(({ text }) => text === "npx tsx search.mts\n");
    expect(await outputOf("npx tsx search.mts")).toBe(blocks[index + 1]?.text);
  });

  it("links only to pages that exist", () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });
});
