import type { TensorFlow } from "../tensorflow.ts";

/** What each TensorFlow.js that was loaded computes on, by the engine's name for it. */
const engines = new WeakMap<TensorFlow, string>();

/** Notes the engine of a TensorFlow.js whose backend has just started. */
export function keepEngine(tf: TensorFlow, engine: string): void {
  engines.set(tf, engine);
}

/** Whether nothing has switched the engine since. */
export function hasEngine(tf: TensorFlow): boolean {
  return tf.getBackend() === engines.get(tf);
}

/**
 * Makes the engine, of which a process has one, compute on the backend of this TensorFlow.js: another load may have switched
 * it since. For each stretch of synchronous work, so that trainings on two backends can take turns.
 */
export function takeEngine(tf: TensorFlow): void {
  const engine = engines.get(tf);
  if (engine === undefined || hasEngine(tf) || tf.findBackend(engine) === null) return;
  void tf.setBackend(engine); // at once, as the backend has started before
}
