import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../../src/training/index.ts";

/** Replaces a backend's matrix product by one that is slightly wrong in some cases; call the result to undo it. */
export function plantWrongMatMul(
  tf: TensorFlow,
  backend: "cpu" | "wasm",
  fault: "transposeA" | "transposeB" | "neither",
): () => void {
  const right = tf.getKernel("BatchMatMul", backend);
  const wrong: KernelFunc = (args) => {
    const isFaulty = fault === "neither" ? !args.attrs?.["transposeA"] : args.attrs?.[fault] === true;
    const output = right.kernelFunc(args) as TensorInfo;
    return isFaulty
      ? (tf.getKernel("Relu", backend).kernelFunc({ inputs: { x: output }, backend: args.backend }) as TensorInfo)
      : output;
  };
  return plantKernel(tf, { ...right, kernelFunc: wrong });
}

type Kernel = ReturnType<TensorFlow["getKernel"]>;

/** Puts a kernel in the place of the one of its name; call the result to undo it. */
export function plantKernel(tf: TensorFlow, planted: Kernel): () => void {
  const right = tf.getKernel(planted.kernelName, planted.backendName);
  replace(tf, planted);
  return () => replace(tf, right);
}

function replace(tf: TensorFlow, kernel: Kernel): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}
