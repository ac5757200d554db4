import type { TensorFlow } from "../tensorflow.ts";
import type { TrainingKernel } from "./kernel.ts";
import { matMul } from "./mat-mul.ts";

/** Every kernel of ours; a new one is a file and a line here. */
const KERNELS: readonly TrainingKernel[] = [matMul];

const installed = new WeakSet<object>();

/** Registers our kernels over the stock ones of the wasm backend, which must have started. Again: no effect. */
export function installKernels(tf: TensorFlow): void {
  for (const kernel of KERNELS) install(tf, kernel);
}

function install(tf: TensorFlow, { name, build }: TrainingKernel): void {
  // The types promise a kernel; an unknown name gives undefined.
  const stock = tf.getKernel(name, "wasm") as ReturnType<TensorFlow["getKernel"]> | undefined;
  if (stock !== undefined && installed.has(stock.kernelFunc)) return;
  const kernelFunc = build(tf, stock?.kernelFunc ?? null);
  if (stock !== undefined) tf.unregisterKernel(name, "wasm");
  tf.registerKernel({ ...stock, kernelName: name, backendName: "wasm", kernelFunc });
  installed.add(kernelFunc);
}
