/**
 * What does a network need to learn from a table: scaling, width, restraint?
 *
 * The data: 569 fine needle aspirates, 30 figures of their cell nuclei each, and whether the tumour was malignant (see
 * data/README.md). The figures are of all sizes, areas in the thousands beside ratios below one, so whether they are
 * standardised is part of the space: a network that takes them raw trains badly, whatever its width. Dropout and weight
 * decay (`l2`) hold the weights back, which matters the more the wider the network is.
 *
 * With some hundred rows, the luck of a validation split is greater than what most params change. So every trial is
 * cross-validated: five networks, each judged on another fifth of the rows, and the mean of their losses steers the
 * search. The test fits the selected params once more, on all rows but those of the test split. The rate falls along half a
 * cosine: the later it ends, the less these weights hang on where the last step happened to go.
 *
 * Over the seeds 1 to 5 the accuracy on the test split was 0.967, 0.977 and 0.975 in the means of three searches, from 0.947
 * to 0.991; over the seeds 6 to 10, which nothing was chosen by, 0.981 (November 2026).
 *
 * About 2 seconds of processor time a trial: 20 trials take about 20 seconds on two cores.
 */
import { defineSweep, hp } from "parzen";
import { cosineDecay, defineTraining, readDataset } from "parzen/training";

const space = {
  standardize: hp.choice([true, false]),
  layers: hp.uniformint(1, 2),
  units: hp.qloguniform(8, 64, 8),
  dropout: hp.uniform(0, 0.5),
  l2: hp.loguniform(1e-6, 1e-2),
  learningRate: hp.loguniform(1e-3, 3e-2),
};

/** The sweep over a table of `data/` whose column `label` has the classes; `wine` is another one. */
export function searchTable(table: string, label: string) {
  const file = new URL(`data/${table}.csv.gz`, import.meta.url);
  return defineSweep({
    space,
    maxTrials: 20,
    slots: 2,
    seed: 1,
    data: [`data/${table}.csv.gz`],
    objective: defineTraining({
      space,
      task: "classification",
      data: () => readDataset(file, { task: "classification", label }),
      folds: 5,
      standardize: ({ standardize }) => standardize,
      metrics: ["auc"],
      epochs: 30,
      schedule: () => cosineDecay(),
      checkpointEvery: 5,
      classWeights: "balanced",
      clipping: { norm: 5 },
      model(params, { inputs, outputs, tf }) {
        const kernelRegularizer = tf.regularizers.l2({ l2: params.l2 });
        const model = tf.sequential();
        model.add(tf.layers.inputLayer({ inputShape: [inputs] }));
        for (let layer = 0; layer < params.layers; layer++) {
          model.add(tf.layers.dense({ units: params.units, activation: "relu", kernelRegularizer }));
          model.add(tf.layers.dropout({ rate: params.dropout }));
        }
        model.add(tf.layers.dense({ units: outputs, kernelRegularizer }));
        return model;
      },
      optimizer: ({ learningRate }, tf) => tf.train.adam(learningRate),
    }),
  });
}

export default searchTable("breast_cancer", "diagnosis");
