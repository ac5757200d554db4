import type { TensorFlow } from "../tensorflow.ts";
import { averagePool3DGradient } from "./average-pool-3d-gradient.ts";
import { averagePoolGradient } from "./average-pool-gradient.ts";
import { conv2DFilterGradient } from "./conv-2d-filter-gradient.ts";
import { conv2DInputGradient } from "./conv-2d-input-gradient.ts";
import { depthwiseFilterGradient } from "./depthwise-filter-gradient.ts";
import { depthwiseInputGradient } from "./depthwise-input-gradient.ts";
import type { TrainingKernel } from "./kernel.ts";
import { matMul } from "./mat-mul.ts";
import { maxPool3D, maxPool3DGradient } from "./max-pool-3d.ts";
import { maxPoolGradient } from "./max-pool-gradient.ts";
import { samePaddingKernels } from "./same-padding.ts";
import { segmentSum } from "./segment-sum.ts";
import { sideCarKernels } from "./side-car.ts";
import { tile } from "./tile.ts";

/** Every kernel of ours; a new one is a file and a line here. */
const KERNELS: readonly TrainingKernel[] = [
  matMul,
  conv2DFilterGradient,
  conv2DInputGradient,
  depthwiseFilterGradient,
  depthwiseInputGradient,
  maxPoolGradient,
  averagePoolGradient,
  maxPool3D,
  maxPool3DGradient,
  averagePool3DGradient,
  segmentSum,
  tile,
  ...samePaddingKernels,
  ...sideCarKernels,
];

/** Backends that have them; the registry of kernels is one for all of an engine's. */
const equipped = new WeakSet<object>();

/** Registers our kernels over the stock ones of the wasm backend, which must be active. Again: no effect. */
export function installKernels(tf: TensorFlow): void {
  if (equipped.has(tf.backend())) return;
  for (const kernel of KERNELS) install(tf, kernel);
  equipped.add(tf.backend());
}

function install(tf: TensorFlow, { name, build }: TrainingKernel): void {
  // The types promise a kernel; an unknown name gives undefined.
  const stock = tf.getKernel(name, "wasm") as ReturnType<TensorFlow["getKernel"]> | undefined;
  const kernelFunc = build(tf, stock?.kernelFunc ?? null);
  if (stock !== undefined) tf.unregisterKernel(name, "wasm");
  tf.registerKernel({ ...stock, kernelName: name, backendName: "wasm", kernelFunc });
}
