import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { type Installed, temporaryProjects } from "../projects.ts";
import { runProgram } from "../run-program.ts";

const projectWith = temporaryProjects();

const tfjs = createRequire(import.meta.url);
const at = (name: string) => JSON.stringify(tfjs.resolve(`@tensorflow/${name}`));

/** A stand-in for a native package: its engine is named like libtensorflow's, and computes with the cpu kernels. */
function nativePackage(isUsingGpuDevice: boolean): Installed {
  const code = `
    const tf = { ...require(${at("tfjs-core")}), ...require(${at("tfjs-layers")}) };
    const { MathBackendCPU } = require(${at("tfjs-backend-cpu")});
    if (!require("util").isNullOrUndefined(null)) throw new Error("util is not restored");
    tf.registerBackend("tensorflow", () => Object.assign(new MathBackendCPU(), { isUsingGpuDevice: ${isUsingGpuDevice} }), 3);
    tf.copyRegisteredKernels("cpu", "tensorflow");
    module.exports = tf;`;
  return { code };
}

function webgpuPackage(adapter: object | null): Installed {
  const code = `exports.globals = {}; exports.create = () => ({ requestAdapter: async () => (${JSON.stringify(adapter)}) });`;
  return { code };
}

async function loadIn(project: string) {
  const { stdout, stderr } = await runProgram("print-backend", [project]);
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

test("a GPU package of the user's project is found and taken first", async () => {
  const project = projectWith({ "@tensorflow/tfjs-node-gpu": nativePackage(true) });
  expect(await loadIn(project)).toEqual({ name: "node-gpu", engine: "tensorflow", refused: [] });
});

test("a process that left a native package goes back to it", async () => {
  const project = projectWith({ "@tensorflow/tfjs-node": nativePackage(false) });
  const { stdout } = await runProgram("switch-backends", [project, "node", "wasm", "node"]);
  expect(JSON.parse(stdout)).toEqual(["node", "wasm", "node"]);
});

test("one that silently fell back to the CPU is refused, and the plain native one taken", async () => {
  const project = projectWith({
    "@tensorflow/tfjs-node-gpu": nativePackage(false),
    "@tensorflow/tfjs-node": nativePackage(false),
  });
  expect(await loadIn(project)).toEqual({
    name: "node",
    engine: "tensorflow",
    refused: [{ backend: "node-gpu", reason: expect.stringContaining("no GPU device registered") }],
  });
});

test("a package whose native part does not load is refused with its own reason", async () => {
  const project = projectWith({
    "@tensorflow/tfjs-node": { code: `throw new Error("tfjs_binding.node can not be found\\nmore");` },
  });
  const { name, refused } = await loadIn(project);
  expect(name).toBe("wasm");
  expect(refused[1]).toEqual({ backend: "node", reason: "tfjs_binding.node can not be found" });
});

test.each([
  ["no adapter", null, "no Vulkan, Metal or Direct3D 12 adapter"],
  [
    "a software adapter",
    { info: { architecture: "swiftshader", device: "", description: "SwiftShader Device" } },
    "only a software adapter (SwiftShader Device), slower than wasm",
  ],
])("webgpu with %s is refused", async (_case, adapter, reason) => {
  const { name, refused } = await loadIn(projectWith({ webgpu: webgpuPackage(adapter) }));
  expect(name).toBe("wasm");
  expect(refused[2]).toEqual({ backend: "webgpu", reason });
});
