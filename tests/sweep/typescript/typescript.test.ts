import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";
import { loadSweep } from "../../../src/sweep/load.ts";
import { IMPORTS, project } from "../project.ts";

type Objective = (params: object, trial: object) => Promise<unknown>;

/** A built package that counts how often it was run. */
const BUILT = {
  "node_modules/parzen/package.json": '{"name":"parzen","type":"module","exports":"./index.js"}',
  "node_modules/parzen/index.js": "export const count = globalThis.parzenRuns = (globalThis.parzenRuns ?? 0) + 1;\n",
};
const SWEEP = `import { count } from "parzen";
const space: object = { x: { uniform: [0, 1] } };
export default { space, objective: (): number => 0, maxTrials: count };
`;

// First: what runs TypeScript chooses its folder once in a process.
it("a sweep needs no temporary folder", async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  const text = "export default { space: { x: { uniform: [0, 1] } }, objective: (): number => 0 };\n";
  const folder = project({ "package.json": '{"type":"module"}', "sweep.ts": text });
  vi.stubEnv("TSX_DISABLE_CACHE", undefined);
  vi.stubEnv("TMPDIR", join(folder, "package.json", "no-folder"));
  expect(await loadSweep(join(folder, "sweep.ts"))).toMatchObject({ name: "sweep" });
});

it.each([
  ["module", 1],
  ["commonjs", 1],
])("a sweep in a project of kind %s imports the package that runs already, run %i times", async (type, runs) => {
  onTestFinished(() => void Reflect.deleteProperty(globalThis, "parzenRuns"));
  const folder = project({ ...BUILT, "package.json": JSON.stringify({ type }), "sweep.ts": SWEEP });
  await import(pathToFileURL(join(folder, "node_modules/parzen/index.js")).href);
  expect(await loadSweep(join(folder, "sweep.ts"))).toMatchObject({ maxTrials: runs });
});

it("a sweep of a second project imports that one's own package", async () => {
  const first = project({ ...BUILT, "package.json": '{"type":"module"}', "sweep.ts": SWEEP });
  await loadSweep(join(first, "sweep.ts"));
  const sweep = `${IMPORTS}export default defineSweep({ space: { x: hp.uniform(0, 1) }, objective: () => 0 });\n`;
  const second = project({ "package.json": '{"type":"module"}', "sweep.ts": sweep });
  expect((await loadSweep(join(second, "sweep.ts"))).source).toEqual({ x: { uniform: [0, 1] } });
});

it.each([["module"], ["commonjs"]])(
  "a sweep in a project of kind %s imports TypeScript while it runs",
  async (type) => {
    const folder = project({
      "package.json": JSON.stringify({ type }),
      "tsconfig.json": '{"compilerOptions":{"paths":{"@models/*":["./models/*"]}}}',
      "models/one.ts": "export enum Loss { Best = 7 }\nexport default Loss.Best as number;\n",
      "sweep.ts": `${IMPORTS}import { Loss } from "./models/one.js";
export default defineSweep({
  space: { x: hp.uniform(0, 1) },
  async objective() {
    const found = [await import("./models/one.js"), await import("./models/one.ts"), await import("@models/one")];
    const { sep } = await import("node:path");
    const { parse } = await import("yaml");
    const isMissing = await import("./models/" + "two").catch(() => true);
    return [found.map((one) => one.Loss === Loss && one.default), sep, parse("5"), isMissing] as never;
  },
});
`,
    });
    const { objective } = await loadSweep(join(folder, "sweep.ts"));
    expect(await (objective as Objective)({}, {})).toEqual([[7, 7, 7], "/", 5, true]);
  },
);

it.each(["sweep.ts", "sweep.cts"])("%s in CommonJS may export its sweep as the whole module", async (name) => {
  const text = `import { defineSweep, hp } from "parzen";
import path = require("node:path");
export = defineSweep({ space: { x: hp.uniform(0, 1) }, objective: () => path.sep.length, maxTrials: 3 });
`;
  const folder = project({ "package.json": "{}", [name]: text });
  expect(await loadSweep(join(folder, name))).toMatchObject({ maxTrials: 3 });
});
