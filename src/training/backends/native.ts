import { createRequire } from "node:module";
import { loadTensorFlow, type TensorFlow } from "../tensorflow.ts";
import { activateEngine } from "./activate-engine.ts";
import type { Backend } from "./backend.ts";
import { requirePeer } from "./peer.ts";

const ENGINE = "tensorflow";

/** libtensorflow with CUDA, by the optional peer `@tensorflow/tfjs-node-gpu`. */
export const nodeGpuBackend: Backend = {
  name: "node-gpu",
  async activate() {
    const tf = await loadNative("@tensorflow/tfjs-node-gpu");
    if (!isUsingGpu(tf)) {
      tf.removeBackend(ENGINE);
      throw new Error("no GPU device registered (it needs a driver above 450, CUDA 11.2 and cuDNN 8.1)");
    }
    return tf;
  },
};

/** libtensorflow on the CPU, all cores, by the optional peer `@tensorflow/tfjs-node`. */
export const nodeBackend: Backend = { name: "node", activate: () => loadNative("@tensorflow/tfjs-node") };

async function loadNative(peer: string): Promise<TensorFlow> {
  // Before the peer: engine flags are one for all copies of tfjs-core, and this silences the peer's hints too.
  loadTensorFlow();
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  restoreUtil();
  // The peer re-exports the umbrella package, a superset of what TensorFlow names.
  const tf = requirePeer(peer) as TensorFlow;
  await activateEngine(tf, ENGINE);
  return tf;
}

/** Without CUDA the package runs on the CPU and says nothing. */
function isUsingGpu(tf: TensorFlow): boolean {
  const backend: unknown = tf.backend();
  return typeof backend === "object" && backend !== null && "isUsingGpuDevice" in backend
    ? backend.isUsingGpuDevice === true
    : false;
}

/** Node 23 removed what tfjs-node 4.22 calls (tensorflow/tfjs, issue 8609). */
function restoreUtil(): void {
  const util = createRequire(import.meta.url)("node:util") as { [name: string]: unknown };
  util["isNullOrUndefined"] ??= (value: unknown) => value === null || value === undefined;
  util["isArray"] ??= Array.isArray;
}
