import type { TensorFlow } from "parzen/training";

type Model = ReturnType<TensorFlow["sequential"]>;

/** A net to train, ten classes, by Adam and cross-entropy; `peers.py` builds the same. */
export interface Net {
  readonly name: string;
  /** Rows of a step. */
  readonly batch: number;
  build(tf: TensorFlow): Model;
}

export const NETS: readonly Net[] = [
  {
    name: "MLP",
    batch: 64,
    build: ({ layers, sequential }) =>
      sequential({
        layers: [
          layers.dense({ units: 128, activation: "relu", inputShape: [784] }),
          layers.dense({ units: 64, activation: "relu" }),
          layers.dense({ units: 10, activation: "softmax" }),
        ],
      }),
  },
  { name: "CNN", batch: 64, build: (tf) => convNet(tf, { filters: [8, 16], padding: "valid", units: null }) },
  { name: "wide CNN", batch: 64, build: (tf) => convNet(tf, { filters: [32, 64], padding: "same", units: 128 }) },
  {
    name: "LSTM",
    batch: 32,
    build: ({ layers, sequential }) =>
      sequential({
        layers: [
          layers.lstm({ units: 32, inputShape: [20, 8], recurrentInitializer: "glorotUniform" }),
          layers.dense({ units: 10, activation: "softmax" }),
        ],
      }),
  },
];

interface ConvNet {
  readonly filters: readonly [number, number];
  readonly padding: "same" | "valid";
  /** Of the hidden dense layer, where there is one. */
  readonly units: number | null;
}

/** Two convolutions of 3x3 on images of 28x28, each followed by max pooling. */
function convNet({ layers, sequential }: TensorFlow, { filters, padding, units }: ConvNet): Model {
  const convolution = { kernelSize: 3, padding, activation: "relu" } as const;
  return sequential({
    layers: [
      layers.conv2d({ ...convolution, filters: filters[0], inputShape: [28, 28, 1] }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ ...convolution, filters: filters[1] }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      ...(units === null ? [] : [layers.dense({ units, activation: "relu" })]),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
}
