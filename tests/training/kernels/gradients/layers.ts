import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../../../src/training/index.ts";
import { type Computation, gradients, normal } from "./computation.ts";

type Activation = (tf: TensorFlow, x: Tensor) => Tensor;

const ACTIVATIONS: { readonly [name: string]: Activation } = {
  relu: (tf, x) => tf.relu(x),
  relu6: (tf, x) => tf.relu6(x),
  elu: (tf, x) => tf.elu(x),
  selu: (tf, x) => tf.selu(x),
  "leaky relu": (tf, x) => tf.leakyRelu(x),
  sigmoid: (tf, x) => tf.sigmoid(x),
  tanh: (tf, x) => tf.tanh(x),
  softplus: (tf, x) => tf.softplus(x),
  erf: (tf, x) => tf.erf(x),
  log1p: (tf, x) => tf.log1p(tf.abs(x)),
  softmax: (tf, x) => tf.softmax(x),
  "log softmax": (tf, x) => tf.logSoftmax(x),
  gelu: (tf, x) => tf.mul(0.5, tf.mul(x, tf.add(1, tf.erf(tf.div(x, Math.SQRT2))))),
  mish: (tf, x) => tf.mul(x, tf.tanh(tf.softplus(x))),
};

const activations = Object.entries(ACTIVATIONS).map(
  ([name, activate]): Computation => ({
    name: `activation ${name}`,
    compute: (tf) => gradients(tf, (x) => activate(tf, x!), [normal(tf, [4, 5], 3)]),
  }),
);

const OPTIMIZERS = {
  sgd: (tf: TensorFlow) => tf.train.sgd(0.1),
  momentum: (tf: TensorFlow) => tf.train.momentum(0.1, 0.9),
  adam: (tf: TensorFlow) => tf.train.adam(0.1),
  adamax: (tf: TensorFlow) => tf.train.adamax(0.1),
  rmsprop: (tf: TensorFlow) => tf.train.rmsprop(0.1),
  adagrad: (tf: TensorFlow) => tf.train.adagrad(0.1),
  adadelta: (tf: TensorFlow) => tf.train.adadelta(0.1),
};

const optimizers = Object.entries(OPTIMIZERS).map(
  ([name, make]): Computation => ({
    name: `three steps of ${name}`,
    compute(tf) {
      const variable = tf.variable(tf.tensor1d([1, 2, 3]));
      const optimizer = make(tf);
      for (let step = 0; step < 3; step++) optimizer.minimize(() => tf.sum(tf.square(variable)), false, [variable]);
      const moved = tf.clone(variable);
      variable.dispose();
      optimizer.dispose();
      return [moved];
    },
  }),
);

const others: readonly Computation[] = [
  {
    name: "activation prelu",
    compute: (tf) => gradients(tf, (x, alpha) => tf.prelu(x!, alpha!), [normal(tf, [20], 3), tf.scalar(0.2)]),
  },
  {
    name: "batch normalization",
    compute(tf) {
      const [mean, variance, offset, scale] = [2, 3, 4, 5].map((seed) => normal(tf, [3], seed)) as Tensor1D[];
      const normalize = (...[x, m, v, o, s]: Tensor[]) =>
        tf.batchNorm(x!, m as Tensor1D, tf.abs(v as Tensor1D), o as Tensor1D, s as Tensor1D);
      return gradients(tf, normalize, [normal(tf, [4, 5, 5, 3], 1), mean!, variance!, offset!, scale!]);
    },
  },
  {
    name: "moments of a batch",
    compute(tf) {
      const variance = (x: Tensor) => tf.moments(x, [0]).variance;
      return gradients(tf, variance as (...inputs: Tensor[]) => Tensor, [normal(tf, [8, 4], 3)]);
    },
  },
  {
    name: "softmax cross-entropy",
    compute(tf) {
      const labels = tf.oneHot(tf.tensor1d([1, 2, 0], "int32"), 4);
      return gradients(tf, (x) => tf.losses.softmaxCrossEntropy(labels, x!), [normal(tf, [3, 4], 3)]);
    },
  },
  {
    name: "a step of an LSTM",
    compute(tf) {
      const inputs = [
        normal(tf, [7, 12], 1),
        normal(tf, [12], 2),
        normal(tf, [2, 4], 3),
        normal(tf, [2, 3], 4),
        normal(tf, [2, 3], 5),
      ];
      const step = (...[kernel, bias, data, c, h]: Tensor[]) =>
        tf.concat(
          tf.basicLSTMCell(
            tf.scalar(1),
            kernel as Tensor2D,
            bias as Tensor1D,
            data as Tensor2D,
            c as Tensor2D,
            h as Tensor2D,
          ),
          1,
        );
      return gradients(tf, step, inputs);
    },
  },
];

export const layerCases: readonly Computation[] = [...activations, ...optimizers, ...others];
