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
async function bundled(program: string): Promise<string> {
  const folder = await temporaryFolder();
  const [entry, outfile] = [join(folder, "program.mjs"), join(folder, "out.mjs")];
  await writeFile(entry, program);
  const how = { bundle: true, platform: "node", format: "esm", logLevel: "silent" } as const;
  await build({ ...how, entryPoints: [entry], outfile });
  return (await promisify(execFile)(process.execPath, [...WITHOUT_SQLITE, outfile], { cwd: folder })).stdout;
}

it("searches in a program that is one file", async () => {
  const program = `
    import { fmin, hp } from ${DOOR};
    const { trials } = await fmin(({ x }) => x, { x: hp.uniform(0, 1) }, { maxTrials: 3 });
    console.log(trials.length);`;
  expect(await bundled(program)).toBe("3\n");
});

it.each([
  ["a pool", 'processPool({ source: { kind: "module", file: "sweep.mjs" } })'],
  ["a file", 'await openStore("study.db")'],
])("says of %s in a program that is one file what its bundler has to leave out", async (_what, call) => {
  const program = `
    import { openStore, processPool } from ${DOOR};
    try { ${call}; } catch ({ code, message, hint }) { console.log(code, message, hint); }`;
  expect(await bundled(program)).toMatch(/^DEPENDENCY_MISSING .*bundler.*external/);
});
