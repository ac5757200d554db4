import type { TensorFlow } from "../tensorflow.ts";
import { keepEngine } from "./engine-of.ts";

/**
 * Switches the engine to a registered backend.
 *
 * After a failed start the engine still names the backend it wanted while another computes, so what `setBackend`
 * returns is the only witness.
 */
export async function activateEngine(tf: TensorFlow, engine: string): Promise<void> {
  if (!(await tf.setBackend(engine))) throw new Error(`the engine could not start its ${engine} backend`);
  await tf.ready();
  keepEngine(tf, engine);
}
