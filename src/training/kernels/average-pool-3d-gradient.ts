import type { AvgPool3DGradAttrs, AvgPool3DGradInputs } from "@tensorflow/tfjs-core";
import { type KernelCall, type TrainingKernel, trainingKernel } from "./kernel.ts";
import { forEachVolume } from "./volumes.ts";

/** The gradient of average pooling in 3D, as that in 2D: at padded edges the stock kernels divide by the window's size. */
export const averagePool3DGradient: TrainingKernel = trainingKernel(
  "AvgPool3DGrad",
  ({ tf, inputs, attributes, ...call }: KernelCall<AvgPool3DGradInputs, AvgPool3DGradAttrs>) => {
    const { shape } = inputs.input;
    const channels = shape[4] ?? 1;
    const gradient = call.allocate(shape);
    const [dx, dy] = [call.floats(gradient), call.floats(inputs.dy)];
    dx.fill(0);
    forEachVolume(tf, shape, attributes, ({ index, places }) => {
      for (const place of places) {
        for (let channel = 0; channel < channels; channel++) {
          const part = (dy[index * channels + channel] ?? 0) / places.length;
          dx[place + channel] = (dx[place + channel] ?? 0) + part;
        }
      }
    });
    return gradient;
  },
);
