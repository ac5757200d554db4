import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../tensorflow.ts";
import { callKernel, free, type TrainingKernel } from "./kernel.ts";

type KernelArguments = Parameters<KernelFunc>[0];

/**
 * Fast path for the matrix products of training.
 *
 * Both gradients of a dense layer are products with a transposed operand, dx = dy wᵀ and dw = xᵀ dy. The stock kernel
 * sends plain products to XNNPACK, and transposed ones through a naive scalar loop. Transposing first, which costs one
 * pass over the operand, lets XNNPACK do these as well. Products of stacks of matrices stay with the stock kernel.
 *
 * @source tfjs-backend-wasm 4.22, src/cc/batch_mat_mul_impl.cc
 */
export const matMul: TrainingKernel = {
  name: "BatchMatMul",
  build(tf, stock) {
    if (stock === null) throw new Error("the wasm backend has no BatchMatMul kernel");
    return (args) => (isFastPath(tf, args) ? transposeFirst(tf, stock, args) : stock(args));
  },
};

function isFastPath(tf: TensorFlow, { inputs, attrs }: KernelArguments): boolean {
  const isTransposed = attrs?.["transposeA"] === true || attrs?.["transposeB"] === true;
  return isTransposed && [inputs["a"], inputs["b"]].every((x) => x !== undefined && isSingleMatrix(tf, x));
}

function isSingleMatrix(tf: TensorFlow, { dtype, shape }: TensorInfo): boolean {
  return dtype === "float32" && tf.util.sizeFromShape(shape.slice(0, -2)) === 1 && tf.util.sizeFromShape(shape) > 0;
}

function transposeFirst(tf: TensorFlow, stock: KernelFunc, args: KernelArguments): ReturnType<KernelFunc> {
  const { inputs, backend, attrs } = args;
  const temporary: TensorInfo[] = [];
  const operand = (name: "a" | "b", isTransposed: unknown): TensorInfo | undefined => {
    const x = inputs[name];
    if (x === undefined || isTransposed !== true) return x;
    const turned = transpose(tf, backend, x);
    temporary.push(turned);
    return turned;
  };
  const a = operand("a", attrs?.["transposeA"]);
  const b = operand("b", attrs?.["transposeB"]);
  const output = stock({ inputs: { a, b }, backend, attrs: { transposeA: false, transposeB: false } });
  free(backend, ...temporary);
  return output;
}

/** Swaps the last two axes of a single matrix, whatever its leading axes of length 1. */
function transpose(tf: TensorFlow, backend: KernelArguments["backend"], x: TensorInfo): TensorInfo {
  const perm = [...x.shape.keys()];
  perm.push(...perm.splice(-2).reverse());
  return callKernel(tf, "Transpose", { inputs: { x }, backend, attrs: { perm } });
}
