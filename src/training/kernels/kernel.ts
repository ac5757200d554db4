import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../tensorflow.ts";

/**
 * A kernel of ours for the wasm backend, one file each. What the backend has, but slowly or wrongly, is replaced; what
 * it lacks is added.
 */
export interface TrainingKernel {
  /** Name of the kernel in TensorFlow.js. */
  readonly name: string;
  /** @param stock the backend's own kernel, null where it has none */
  build(tf: TensorFlow, stock: KernelFunc | null): KernelFunc;
}

/** What kernels call of the wasm backend to give memory back. */
interface TensorOwner {
  disposeData(dataId: object): unknown;
}

/** Frees intermediate results: inside a kernel nothing does it by itself. */
export function free(backend: unknown, ...tensors: readonly TensorInfo[]): void {
  // The engine types backends as bare objects; every one has disposeData.
  const owner = backend as TensorOwner;
  for (const tensor of tensors) owner.disposeData(tensor.dataId);
}

/** One kernel calling another of the same backend; gives its single output. */
export function callKernel(tf: TensorFlow, name: string, args: Parameters<KernelFunc>[0]): TensorInfo {
  const output = tf.getKernel(name, "wasm").kernelFunc(args);
  if (Array.isArray(output)) throw new Error(`kernel ${name} gave ${output.length} outputs instead of one`);
  return output;
}
