import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { temporaryFolder } from "../store/fixtures.ts";
import { REPOSITORY } from "./packed.ts";

const DOOR = JSON.stringify(join(REPOSITORY, "dist", "src", "index.js"));

/** A Node that brings SQLite along needs no other. */
const WITHOUT_SQLITE = process.allowedNodeEnvironmentFlags.has("--experimental-sqlite")
  ? ["--no-experimental-sqlite"]
  : [];

/** What a program writes to stdout whose modules, the package's too, a bundler made one file of. */
async function bundled(program: string, format: "esm" | "cjs" = "esm"): Promise<string> {
  const folder = await temporaryFolder();
  const [entry, outfile] = [join(folder, "program.mjs"), join(folder, format === "esm" ? "out.mjs" : "out.cjs")];
  await writeFile(entry, program);
  const how = { bundle: true, platform: "node", format, logLevel: "silent" } as const;
  await build({ ...how, entryPoints: [entry], outfile });
  return (await promisify(execFile)(process.execPath, [...WITHOUT_SQLITE, outfile], { cwd: folder })).stdout;
}

it.each(["esm", "cjs"] as const)("searches in a program that is one file, as %s", async (format) => {
  const program = `
    import { readFileSync } from "node:fs";
    import { fmin, hp } from ${DOOR};
    const objective = function users() { return readFileSync("missing"); };
    const on = { settled: ({ trial }) => console.log(trial.log.includes("users")) };
    fmin(objective, { x: hp.uniform(0, 1) }, { maxTrials: 1, on });`;
  expect(await bundled(program, format)).toBe("true\n");
});

it.each([
  ["a pool", "esm", 'processPool({ source: { kind: "module", file: "sweep.mjs" } })'],
  ["a pool", "cjs", 'processPool({ source: { kind: "module", file: "sweep.mjs" } })'],
  ["a file", "esm", 'await openStore("study.db")'],
] as const)("says of %s in a program that is one file, as %s, what its bundler has to leave out", async (...given) => {
  const [, format, call] = given;
  const program = `
    import { openStore, processPool } from ${DOOR};
    const act = async () => { ${call}; };
    act().catch(({ code, message, hint }) => console.log(code, message, hint));`;
  expect(await bundled(program, format)).toMatch(/^DEPENDENCY_MISSING .*bundler.*external/);
});
