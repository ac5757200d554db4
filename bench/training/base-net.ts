import type { ModelContext } from "parzen/training";

/** The net that `transfer` builds upon: three convolutions for images of 8x8, pixels 0 to 16, and a linear head. */
export function buildBase({ tf, inputs, outputs }: Pick<ModelContext, "tf" | "inputs" | "outputs">) {
  const convolution = (filters: number) =>
    tf.layers.conv2d({ filters, kernelSize: 3, padding: "same", activation: "relu", kernelInitializer: "heNormal" });
  const layers = [
    tf.layers.reshape({ inputShape: [inputs], targetShape: [8, 8, 1] }),
    tf.layers.rescaling({ scale: 1 / 8, offset: -1 }),
    convolution(32),
    convolution(32),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    convolution(64),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.flatten(),
    tf.layers.dropout({ rate: 0.5 }),
    tf.layers.dense({ units: outputs }),
  ];
  return tf.sequential({ layers });
}
