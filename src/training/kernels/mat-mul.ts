import type { BatchMatMulAttrs, BatchMatMulInputs, TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../tensorflow.ts";
import { type KernelCall, type TrainingKernel, trainingKernel } from "./kernel.ts";

type MatMulCall = KernelCall<BatchMatMulInputs, BatchMatMulAttrs>;

/**
 * Fast path for the matrix products of training.
 *
 * Both gradients of a dense layer are products with a transposed operand, dx = dy wᵀ and dw = xᵀ dy. The stock kernel
 * sends plain products to XNNPACK, and transposed ones through a naive scalar loop. Transposing first, which costs one
 * pass over the operand, lets XNNPACK do these as well. Products of stacks of matrices stay with the stock kernel.
 *
 * @source tfjs-backend-wasm 4.22, src/cc/batch_mat_mul_impl.cc
 */
export const matMul: TrainingKernel = trainingKernel("BatchMatMul", (call: MatMulCall) => {
  const { transposeA, transposeB } = call.attributes;
  const { a, b } = call.inputs;
  if (!(transposeA || transposeB) || !isSingleMatrix(call.tf, a) || !isSingleMatrix(call.tf, b)) {
    return call.stock(call.inputs, call.attributes);
  }
  const operands = { a: transposeA ? transpose(call, a) : a, b: transposeB ? transpose(call, b) : b };
  return call.stock(operands, { transposeA: false, transposeB: false });
});

function isSingleMatrix(tf: TensorFlow, { dtype, shape }: TensorInfo): boolean {
  return dtype === "float32" && tf.util.sizeFromShape(shape.slice(0, -2)) === 1 && tf.util.sizeFromShape(shape) > 0;
}

/** Swaps the last two axes of a single matrix, whatever its leading axes of length 1. */
function transpose(call: MatMulCall, x: TensorInfo): TensorInfo {
  const perm = [...x.shape.keys()];
  perm.push(...perm.splice(-2).reverse());
  return call.run("Transpose", { x }, { perm });
}
