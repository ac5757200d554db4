import type * as core from "@tensorflow/tfjs-core";
import type * as layers from "@tensorflow/tfjs-layers";

/**
 * TensorFlow.js as objectives receive it: tfjs-core and tfjs-layers in one namespace. Operations are functions,
 * `tf.add(x, y)`: chained ones, `x.add(y)`, belong to the umbrella package and are not there.
 */
export type TensorFlow = Omit<typeof core, "default"> & Omit<typeof layers, "default">;

/** Loads the pieces, without any backend, and switches off their hints on the console. */
export async function loadTensorFlow(): Promise<TensorFlow> {
  const tf = { ...(await import("@tensorflow/tfjs-core")), ...(await import("@tensorflow/tfjs-layers")) };
  tf.enableProdMode();
  return tf;
}
