import { createRequire } from "node:module";
import type * as core from "@tensorflow/tfjs-core";
import type * as layers from "@tensorflow/tfjs-layers";
import { defineChainedOperations } from "./chained-operations.ts";

/**
 * TensorFlow.js as objectives receive it: tfjs-core and tfjs-layers in one namespace. Operations are functions,
 * `tf.add(x, y)`: chained ones, `x.add(y)`, belong to the umbrella package and are not there.
 */
export type TensorFlow = Omit<typeof core, "default"> & Omit<typeof layers, "default">;

/**
 * By `require`, since the packages are CommonJS in Node: `import()` would first scan these large bundles for names,
 * which costs five times the processor time of running them.
 */
const require = createRequire(import.meta.url);

/** Loads the pieces, without any backend, and switches off their hints on the console. */
export function loadTensorFlow(): TensorFlow {
  // The two packages are what their types say; `require` knows no types.
  const tf: TensorFlow = { ...require("@tensorflow/tfjs-core"), ...require("@tensorflow/tfjs-layers") };
  tf.enableProdMode();
  defineChainedOperations(tf);
  return tf;
}

/** Loads a backend's package, which registers itself. */
export function requireBackend(name: "@tensorflow/tfjs-backend-cpu" | "@tensorflow/tfjs-backend-wasm"): void {
  require(name);
}
