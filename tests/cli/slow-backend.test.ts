import { expect, it } from "vitest";
import { emptyFolder, parzen } from "./parzen.ts";
import { writeSweep } from "./running.ts";

it("says once that trials train on a slow backend since wasm was refused", async () => {
  const cwd = emptyFolder();
  const refused = '[{ backend: "webgpu", reason: "none" }, { backend: "wasm", reason: "no memory" }]';
  writeSweep(cwd, `return { loss: x, attributes: { backend: "cpu", refused: ${refused} } };`, "maxTrials: 3");
  const { stderr } = await parzen(["run", "sweep.mjs"], { cwd });
  expect(stderr.match(/^warning: .*/gm)).toEqual([
    "warning: trials train on the cpu backend, 10 to 100 times slower than wasm, which was refused: no memory",
  ]);
  writeSweep(cwd, 'return { loss: x, attributes: { backend: "cpu", refused: [] } };', "maxTrials: 3");
  expect((await parzen(["run", "sweep.mjs", "--name", "forced"], { cwd })).stderr).not.toContain("warning");
});
