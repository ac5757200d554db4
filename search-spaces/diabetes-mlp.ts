/**
 * Can a network beat a straight line on a small table?
 *
 * The data: 442 patients, ten measurements each, and how far their diabetes had progressed after a year (see
 * data/README.md). With so few rows a network overfits within seconds, so the space is mostly about restraint: few
 * units, dropout, weight decay (`l2`), and a learning rate that fits. Weight decay is searched on a log scale over five
 * orders of magnitude, because only its order matters.
 *
 * Features and target are standardised with figures of the train split; the loss and all metrics are in the target's
 * own unit, points of progression. Predicting the mean for everyone gives an RMSE of about 77, linear regression about
 * 55. The loss is the mean of five folds: on a single validation split of 88 patients, the best of 40 trials is the luckiest.
 *
 * Over the seeds 1 to 5 the RMSE on the test split was 55.7 and 57.3 in the means of two searches, that of linear-regression
 * 55.8 and 55.5 and of its closed form 55.3: even five folds leave luck in what is picked. With the seeds 11 and 12 it was
 * 52.5, and 51.8 and 51.7 (November 2026).
 *
 * About 2 seconds of processor time a trial: 40 trials take about 40 seconds on two cores.
 */
import { defineSweep, hp } from "parzen";
import { cosineDecay, defineTraining } from "parzen/training";
import { readDiabetes } from "./data/diabetes.ts";

const space = {
  layers: hp.uniformint(1, 2),
  units: hp.qloguniform(8, 128, 8),
  activation: hp.choice(["relu", "tanh", "sigmoid"]),
  dropout: hp.uniform(0, 0.5),
  l2: hp.loguniform(1e-6, 1e-1),
  batchSize: hp.choice([16, 32, 64]),
  optimizer: hp.choice([
    { type: "momentum", learningRate: hp.loguniform(1e-3, 1e-1), momentum: hp.uniform(0.5, 0.95) },
    { type: "adam", learningRate: hp.loguniform(3e-4, 3e-2) },
  ]),
};

export default defineSweep({
  space,
  maxTrials: 40,
  slots: 2,
  seed: 1,
  data: ["data/diabetes_data_raw.csv.gz", "data/diabetes_target.csv.gz"],
  objective: defineTraining({
    space,
    task: "regression",
    data: readDiabetes,
    folds: 5,
    epochs: 40,
    checkpointEvery: 20,
    schedule: () => cosineDecay(),
    batchSize: ({ batchSize }) => batchSize,
    model(params, { inputs, outputs, tf }) {
      const kernelRegularizer = tf.regularizers.l2({ l2: params.l2 });
      const model = tf.sequential();
      model.add(tf.layers.inputLayer({ inputShape: [inputs] }));
      for (let layer = 0; layer < params.layers; layer++) {
        model.add(tf.layers.dense({ units: params.units, activation: params.activation, kernelRegularizer }));
        model.add(tf.layers.dropout({ rate: params.dropout }));
      }
      model.add(tf.layers.dense({ units: outputs, kernelRegularizer }));
      return model;
    },
    optimizer({ optimizer }, tf) {
      return optimizer.type === "adam"
        ? tf.train.adam(optimizer.learningRate)
        : tf.train.momentum(optimizer.learningRate, optimizer.momentum);
    },
  }),
});
