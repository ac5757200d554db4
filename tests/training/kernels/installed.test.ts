import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { loadBackend, type TensorFlow } from "../../../src/training/index.ts";

const require = createRequire(import.meta.url);
require("@tensorflow/tfjs-backend-wasm");
const core = require("@tensorflow/tfjs-core") as TensorFlow;

/** Replaced for their speed alone: a training without them is right, and many times slower. */
const FASTER = ["BatchMatMul", "Conv2DBackpropInput", "Tile"];
/** Taken before the training kernels are installed. */
const stock = new Map(FASTER.map((name) => [name, core.getKernel(name, "wasm").kernelFunc]));

test.each(FASTER)("%s of the wasm backend is ours", async (name) => {
  const { tf } = await loadBackend({ prefer: "wasm" });
  expect(tf.getKernel(name, "wasm").kernelFunc).not.toBe(stock.get(name));
});
