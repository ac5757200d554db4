/**
 * Can a network beat a straight line on a small table?
 *
 * The data: 442 patients, ten measurements each, and how far their diabetes had progressed after a year (see
 * data/README.md). With so few rows a network overfits within seconds, so this one contains what is hard to beat: the
 * output sees the hidden units and, beside them, the ten measurements themselves. Without its hidden units it would be
 * linear regression; they say how far the line should bend. The space is mostly about restraint: few units, dropout,
 * weight decay (`l2`), and a learning rate that fits.
 *
 * Features and target are standardised with figures of the train split; the loss and all metrics are in the target's
 * own unit, points of progression. Predicting the mean for everyone gives an RMSE of about 77, linear regression about
 * 55. The loss is the mean of five folds: on a single validation split of 88 patients, the best of 40 trials is the
 * luckiest. Even five folds leave luck in what is picked, so the ranges are narrow: a lucky pick should be a good one too.
 *
 * Over the seeds 1 to 5 the RMSE on the test split was 56.4, 55.7 and 56.2 in the means of three searches, from 49.8 to 60.7;
 * that of linear-regression was 55.9, 55.9 and 56.2, of its closed form 56.0. Over the seeds 6 to 10, which nothing was
 * chosen by, it was 56.4 and 55.3, with one seed far off (63.4 and 57.4). A test split alone says it to within some 4 points,
 * its standard error. So the network comes near the line and does not beat it. Model and ranges were chosen by other seeds,
 * on rows held out of what their searches may see (two AMD EPYC cores, Node 20.20.2, 2026-11-29).
 *
 * About 1.3 to 2 seconds of processor time a trial: 40 trials take less than a minute on two cores.
 */
import { defineSweep, hp } from "parzen";
import { cosineDecay, defineTraining, type TensorFlow } from "parzen/training";
import { readDiabetes } from "./data/diabetes.ts";

const space = {
  layers: hp.uniformint(1, 2),
  units: hp.qloguniform(8, 64, 8),
  activation: hp.choice(["relu", "tanh", "sigmoid"]),
  dropout: hp.uniform(0, 0.5),
  l2: hp.loguniform(1e-3, 1e-1),
  batchSize: hp.choice([32, 64]),
  optimizer: hp.choice([
    { type: "momentum", learningRate: hp.loguniform(2e-3, 3e-2), momentum: hp.uniform(0.5, 0.9) },
    { type: "adam", learningRate: hp.loguniform(2e-3, 2e-2) },
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
      const measurements = tf.input({ shape: [inputs] });
      let x = measurements;
      for (let layer = 0; layer < params.layers; layer++) {
        const { units, activation, dropout } = params;
        x = apply(tf.layers.dense({ units, activation, kernelRegularizer }), x);
        x = apply(tf.layers.dropout({ rate: dropout }), x);
      }
      x = apply(tf.layers.concatenate(), [measurements, x]);
      return tf.model({
        inputs: measurements,
        outputs: apply(tf.layers.dense({ units: outputs, kernelRegularizer }), x),
      });
    },
    optimizer({ optimizer }, tf) {
      return optimizer.type === "adam"
        ? tf.train.adam(optimizer.learningRate)
        : tf.train.momentum(optimizer.learningRate, optimizer.momentum);
    },
  }),
});

type Values = ReturnType<TensorFlow["input"]>;

/** Layers give one node for whatever nodes they are applied to here; their type allows for more. */
function apply(layer: { apply(x: Values | Values[]): unknown }, x: Values | Values[]): Values {
  return layer.apply(x) as Values;
}
