import { installKernels } from "../kernels/install.ts";
import { loadTensorFlow, requireBackend } from "../tensorflow.ts";
import { activateEngine } from "./activate-engine.ts";
import type { Backend } from "./backend.ts";
import { takeEngine } from "./engine-of.ts";

/** WebAssembly with SIMD, one thread, with the training kernels of this package: needs nothing installed. */
export const wasmBackend: Backend = {
  name: "wasm",
  async activate() {
    const tf = loadTensorFlow();
    requireBackend("@tensorflow/tfjs-backend-wasm");
    await withoutProcessListeners(() => activateEngine(tf, "wasm"));
    takeEngine(tf); // whose kernels are installed: a training may have taken it meanwhile
    installKernels(tf);
    return tf;
  },
};

/**
 * Takes back the listeners that the compiled module adds to the process while it starts. They rethrow what nobody
 * caught, which would print the module's own source and hide the user's error.
 */
async function withoutProcessListeners(start: () => Promise<void>): Promise<void> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => new Set<unknown>(process.rawListeners(event)));
  try {
    await start();
  } finally {
    for (const [index, event] of events.entries()) {
      for (const listener of process.rawListeners(event)) {
        if (before[index]?.has(listener) === false) removeListener(event, listener);
      }
    }
  }
}

function removeListener(event: string, listener: unknown): void {
  // Node types the listeners of `rawListeners` as bare functions.
  process.removeListener(event, listener as (...values: unknown[]) => void);
}
