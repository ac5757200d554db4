import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { loadSweep } from "../../src/sweep/load.ts";
import { IMPORTS, project } from "./project.ts";

/** A built package that counts how often it was run. */
const BUILT = {
  "node_modules/parzen/package.json": '{"name":"parzen","type":"module","exports":"./index.js"}',
  "node_modules/parzen/index.js": "export const count = globalThis.parzenRuns = (globalThis.parzenRuns ?? 0) + 1;\n",
};
const SWEEP = `import { count } from "parzen";
const space: object = { x: { uniform: [0, 1] } };
export default { space, objective: (): number => 0, maxTrials: count };
`;

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
