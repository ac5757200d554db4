import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPTIMIZE_LAWS } from "../../src/study/driver/drive-options.ts";
import { checkListener } from "../../src/study/events.ts";
import { STUDY_NAMES } from "../../src/study/options.ts";
import { StoredStudy } from "../../src/study/stored-study.ts";
import { Study } from "../../src/study/study.ts";
import { thrownBy } from "../thrown-by.ts";
import { blocksOf } from "./blocks.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(join(root, "docs/programs.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "parzen-programs-"));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/parzen"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const { file, text } of blocksOf(page)) if (file !== null) writeFileSync(join(folder, file), text);
});

describe("docs/programs.md", () => {
  it.each([
    ["search.mts", /^maxTrials 30 0\.1\d*$/m],
    ["pool.mts", /^maxTrials 8$/m],
  ])("its program %s runs", async (file, printed) => {
    const args = [join(root, "node_modules/tsx/dist/cli.mjs"), file];
    expect((await promisify(execFile)(process.execPath, args, { cwd: folder })).stdout).toMatch(printed);
  });

  it.each([
    ["option of fmin", [...STUDY_NAMES, ...Object.keys(OPTIMIZE_LAWS), "on"].filter((name) => name !== "space")],
    ["method of a study", [StoredStudy, Study].flatMap(({ prototype }) => methodsOf(prototype))],
    ["event", eventNames()],
    ["error code", errorCodes()],
  ])("has every %s in a table", (_what, names) => {
    const firstColumns = [...page.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = ""]) => cell).join("\n");
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !new RegExp(`\`${name}\\b`).test(firstColumns))).toEqual([]);
  });
});

/** Those that a user calls: `show` is for the study itself. */
function methodsOf(prototype: object): readonly string[] {
  return Object.getOwnPropertyNames(prototype).filter((name) => !["constructor", "show"].includes(name));
}

function eventNames(): readonly string[] {
  const { hint = "" } = thrownBy(() => checkListener("", () => undefined)) as { hint?: string };
  return hint.replace(/^Events are |\.$/g, "").split(", ");
}

function errorCodes(): readonly string[] {
  const text = readFileSync(join(root, "src/errors.ts"), "utf8");
  const [, union = ""] = /export type ErrorCode =([^;]+);/.exec(text) ?? [];
  return [...union.matchAll(/"(\w+)"/g)].map(([, code = ""]) => code);
}
