import type { KernelFunc, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";
import { requireBackend, type TensorFlow } from "../tensorflow.ts";
import { single, type TrainingKernel, type WasmBackend } from "./kernel.ts";

/**
 * What is rare in training, and what the wasm backend lacks or gets wrong: its gradients of 3D convolutions are off by as
 * much as a hundred times. The cpu backend computes these on copies, beside the engine: rightly and slowly.
 */
export const sideCarKernels: readonly TrainingKernel[] = [
  "Einsum",
  "Conv3DBackpropInputV2",
  "Conv3DBackpropFilterV2",
].map((name) => ({ name, build: (tf) => onCpu(tf, name) }));

/** What is used of the cpu backend; the engine types backends as bare objects. */
interface CpuBackend {
  write(values: unknown, shape: readonly number[], dtype: TensorInfo["dtype"]): object;
  readSync(dataId: object): ArrayLike<unknown>;
  disposeData(dataId: object, force: boolean): unknown;
}

function onCpu(tf: TensorFlow, name: string): KernelFunc {
  return ({ inputs, backend, attrs = {} }) => {
    const wasm = backend as WasmBackend; // for which alone the kernel is registered
    requireBackend("@tensorflow/tfjs-backend-cpu");
    const cpu = tf.findBackend("cpu") as unknown as CpuBackend; // the line above brought it
    const copies: TensorInfo[] = [];
    const copy = ({ dataId, shape, dtype }: TensorInfo): TensorInfo => {
      const copied = { dataId: cpu.write(wasm.readSync(dataId), shape, dtype), shape, dtype };
      copies.push(copied);
      return copied;
    };
    try {
      const { kernelFunc } = tf.getKernel(name, "cpu");
      const output = single(kernelFunc({ inputs: mapped(inputs, copy), backend: cpu, attrs }));
      copies.push(output);
      return wasm.makeOutput(output.shape, output.dtype, undefined, cpu.readSync(output.dataId));
    } finally {
      for (const { dataId } of copies) cpu.disposeData(dataId, true);
    }
  };
}

/** Inputs of most kernels have names; those of Einsum are an array, which TensorFlow.js types as if they had. */
function mapped(inputs: NamedTensorInfoMap, map: (tensor: TensorInfo) => TensorInfo): NamedTensorInfoMap {
  const entries = Object.entries(inputs).flatMap(([name, tensor]) => (tensor ? [[name, map(tensor)] as const] : []));
  return Array.isArray(inputs) // typed as if it had names, so its copy has to be
    ? (entries.map(([, tensor]) => tensor) as unknown as NamedTensorInfoMap)
    : Object.fromEntries(entries);
}
