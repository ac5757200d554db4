import { expect, it } from "vitest";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";
import { writeSweep } from "./running.ts";

it("says once that trials train on a slow backend since wasm was refused", async () => {
  const [cwd, other] = [emptyFolder(), emptyFolder()];
  const refused = '[{ backend: "webgpu", reason: "none" }, { backend: "wasm", reason: "no memory" }]';
  writeSweep(cwd, `return { loss: x, attributes: { backend: "cpu", refused: ${refused} } };`, "maxTrials: 3");
  const { stderr } = await parzenInOne(["run", "sweep.mjs"], { cwd });
  expect(stderr.match(/^warning: .*/gm)).toEqual([
    "warning: trials train on the cpu backend, 10 to 100 times slower than wasm, which was refused: no memory",
  ]);
  writeSweep(other, 'return { loss: x, attributes: { backend: "cpu", refused: [] } };', "maxTrials: 3");
  expect((await parzenInOne(["run", "sweep.mjs"], { cwd: other })).stderr).not.toContain("warning");
});
