import { loadTensorFlow, requireBackend } from "../tensorflow.ts";
import { activateEngine } from "./activate-engine.ts";
import type { Backend } from "./backend.ts";

/** Plain JavaScript: right everywhere, about 12 times slower than wasm on dense layers and far more on convolutions. */
export const cpuBackend: Backend = {
  name: "cpu",
  async activate() {
    const tf = loadTensorFlow();
    requireBackend("@tensorflow/tfjs-backend-cpu");
    await activateEngine(tf, "cpu");
    return tf;
  },
};
