/**
 * Which small network reads handwritten digits best?
 *
 * The data: 1,797 images of 8x8 pixels, ten classes (see data/README.md). Every trial trains a multilayer perceptron,
 * and the space holds what one would otherwise guess: how deep and wide it is, its activation, how much dropout it
 * needs, and how it is optimized. The optimizer is a conditional choice: each one brings its own learning rate,
 * because a good rate for Adam is a poor one for SGD, and only momentum has a momentum. Rates and sizes span orders of
 * magnitude, so they are searched on a log scale. Pixels are standardised with figures of the train split.
 *
 * The validation loss (cross-entropy, nats) steers the search. The rate falls along a cosine; a training ends once the
 * loss has not fallen for 12 epochs, and its best epoch's weights are kept. The test split is opened once, for the best
 * trial.
 *
 * Over the seeds 1 to 5 the accuracy on the test split was 0.971 in the mean, from 0.956 to 0.978; over the seeds 6 to 10,
 * which nothing was chosen by, 0.972, and over 21 to 25, by which the cosine was chosen, 0.971 (0.964 without it) (November
 * 2026).
 *
 * About 1.5 seconds of processor time a trial: 30 trials take about half a minute on two cores.
 */
import { defineSweep, hp } from "parzen";
import { cosineDecay, defineTraining, readDataset, type TensorFlow } from "parzen/training";

const space = {
  layers: hp.uniformint(1, 3),
  units: hp.qloguniform(64, 192, 32),
  activation: hp.choice(["relu", "leaky-relu", "elu", "tanh", "sigmoid"]),
  dropout: hp.uniform(0, 0.5),
  batchSize: hp.choice([32, 64]),
  optimizer: hp.choice([
    { type: "sgd", learningRate: hp.loguniform(0.03, 0.5) },
    { type: "momentum", learningRate: hp.loguniform(0.01, 0.2), momentum: hp.uniform(0.5, 0.95) },
    { type: "adam", learningRate: hp.loguniform(3e-4, 1e-2) },
  ]),
};

const images = new URL("data/digits.csv.gz", import.meta.url);

export default defineSweep({
  space,
  maxTrials: 30,
  slots: 2,
  seed: 1,
  data: ["data/digits.csv.gz"],
  objective: defineTraining({
    space,
    task: "classification",
    data: () => readDataset(images, { header: false, label: 64, task: "classification" }),
    split: { train: 0.7, validation: 0.15, test: 0.15 },
    epochs: 40,
    patience: 12,
    schedule: () => cosineDecay(),
    batchSize: ({ batchSize }) => batchSize,
    model(params, { inputs, outputs, tf }) {
      const model = tf.sequential();
      model.add(tf.layers.inputLayer({ inputShape: [inputs] }));
      for (let layer = 0; layer < params.layers; layer++) {
        model.add(tf.layers.dense({ units: params.units }));
        model.add(activation(tf, params.activation));
        model.add(tf.layers.dropout({ rate: params.dropout }));
      }
      model.add(tf.layers.dense({ units: outputs }));
      return model;
    },
    optimizer({ optimizer }, tf) {
      switch (optimizer.type) {
        case "sgd":
          return tf.train.sgd(optimizer.learningRate);
        case "momentum":
          return tf.train.momentum(optimizer.learningRate, optimizer.momentum);
        case "adam":
          return tf.train.adam(optimizer.learningRate);
      }
    },
  }),
});

function activation(tf: TensorFlow, name: "relu" | "leaky-relu" | "elu" | "tanh" | "sigmoid") {
  return name === "leaky-relu" ? tf.layers.leakyReLU({ alpha: 0.1 }) : tf.layers.activation({ activation: name });
}
