import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Executor } from "../../src/executor/executor.ts";
import { processPool } from "../../src/executor/pool/pool.ts";
import { loadSweep } from "../../src/sweep/load.ts";
import { evaluate, taskOf } from "../faults/executor-run.ts";
import { project, write } from "../sweep/project.ts";

const FILES = {
  "package.json": '{"type":"module"}',
  "sweep.mjs": `import { loss } from "./loss.mjs";
export default { space: { x: { uniform: [0, 1] } }, objective: () => loss };
`,
  "loss.mjs": "export const loss = 1;\n",
};

function poolOf(file: string, version: string): Executor {
  const pool = processPool({ source: { kind: "module", file, version } });
  onTestFinished(() => pool.close());
  return pool;
}

test.each([
  ["loss.mjs", "export const loss = 2;\n"],
  ["loss.mjs", 'export { loss } from "./more.mjs";\n'],
  ["sweep.mjs", FILES["sweep.mjs"].replace("loss }", "loss, }").replace("() => loss", "() => loss + 1")],
])("a child tells that %s was edited between its parent's load and its start", async (path, text) => {
  const folder = project({ ...FILES, "more.mjs": "export const loss = 3;\n" });
  const file = join(folder, "sweep.mjs");
  const { version } = await loadSweep(file);
  const pool = poolOf(file, version);
  write(join(folder, path), text);
  const { outcome } = await evaluate(pool, taskOf({ x: 0 }, { version }));
  expect(outcome).toEqual({
    kind: "lost",
    machine: true,
    message: expect.stringContaining(`"o" changed: the task means version ${version}`),
  });
});

test("a child runs what is edited in comments only, and what was put back", async () => {
  const folder = project(FILES);
  const file = join(folder, "sweep.mjs");
  const { version } = await loadSweep(file);
  write(join(folder, "loss.mjs"), "// the loss\nexport const loss = 1;\n");
  const { outcome } = await evaluate(poolOf(file, version), taskOf({ x: 0 }, { version }));
  expect(outcome).toEqual({ kind: "complete", losses: [1] });
  write(join(folder, "loss.mjs"), FILES["loss.mjs"]);
  const again = await evaluate(poolOf(file, version), taskOf({ x: 0 }, { version }));
  expect(again.outcome).toEqual({ kind: "complete", losses: [1] });
});

test("a child of a process that did not load the sweep finds its version itself", async () => {
  const one = project(FILES);
  const other = project(FILES);
  const { version } = await loadSweep(join(one, "sweep.mjs"));
  const { outcome } = await evaluate(poolOf(join(other, "sweep.mjs"), version), taskOf({ x: 0 }, { version }));
  expect(outcome).toEqual({ kind: "complete", losses: [1] });
});
