import type { LayersModel } from "@tensorflow/tfjs-layers";
import { takeEngine } from "../backends/engine-of.ts";
import type { TensorFlow } from "../tensorflow.ts";
import { applyModel } from "./model.ts";

/**
 * The most that a model is given at once, in values and in rows: what its layers make of them is many times as large, and
 * a validation split has any size.
 */
const MOST_VALUES = 2 ** 20;
const MOST_ROWS = 1024;

/** @returns row-major, shape [rows, outputs] */
export async function predict(tf: TensorFlow, model: LayersModel, inputs: Float32Array): Promise<Float32Array> {
  const columns = model.inputs[0]?.shape[1] ?? 1;
  const size = columns * Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_VALUES / columns)));
  const parts: Float32Array[] = [];
  for (let start = 0; start < inputs.length; start += size) {
    parts.push(await predictRows(tf, model, { inputs: inputs.slice(start, start + size), columns }));
  }
  return joined(parts);
}

async function predictRows(
  tf: TensorFlow,
  model: LayersModel,
  { inputs, columns }: { readonly inputs: Float32Array; readonly columns: number },
): Promise<Float32Array> {
  takeEngine(tf);
  const outputs = tf.tidy(() =>
    applyModel(model, tf.tensor2d(inputs, [inputs.length / columns, columns]), { training: false }),
  );
  try {
    return (await outputs.data()) as Float32Array; // the outputs of layers are float32
  } finally {
    outputs.dispose();
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
