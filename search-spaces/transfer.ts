/**
 * How much of what a net has learnt should it keep for a new task?
 *
 * The data: images of the handwritten digits 5 to 9 (see data/README.md), of which only 90 are there to learn from. The base
 * is a convolutional net that was trained on the digits 0 to 4. Its last layer, which told these apart, gives way to a fresh
 * head, and the space holds what is to become of the rest. Frozen, it is a fixed way of seeing, and only the head learns.
 * Tuned, its layers learn as well, slower than the head by `rate`, but for the first few (`frozen`): these see edges and
 * strokes, of any digit. The more is tuned, the better the net can fit the new digits, and the 90 images by heart.
 *
 * 90 images are few: every step sees them as another hand might have written them (data/distort.ts), and the learning
 * rate falls along a cosine through 60 epochs. With a linear head, the first layer frozen and the others at 0.3 of the
 * head's rate of 4e-3, that read 0.984 of the validation images in the mean over the seeds 21 to 32; 15 epochs of the images
 * as they are, in batches of 16 at 5e-3, read 0.973. The ranges are narrow, around what validation favoured there: with the
 * others as fast as the head it was 0.988, 0.989 and 0.986 with none, one and two layers frozen; with all of the base
 * frozen, under a hidden head at 8e-3, 0.972.
 *
 * What a base saves is epochs. Until 0.9 of the validation images are read, in a plainer training (images as they are,
 * batches of 16, a linear head, each net at its best rate, mean over the seeds 1 to 5) it takes 2.8 from scratch, 2.4 with
 * all of the base learning, 2.2 with its first layer frozen, 1.8 with all of it frozen; over the seeds 11 to 15 it was 2.8,
 * 2.6, 2.4 and 3.0. docs/training.md has the table, bench/training/transfer.ts makes it.
 *
 * Over the seeds 1 to 5 the accuracy on the test split was 0.985, 0.987 and 0.985 in the means of three searches, from 0.975
 * to 0.995; over the seeds 6 to 10, which nothing was chosen by, 0.983 (two AMD EPYC cores, Node 20.20.2, 2026-11-29).
 *
 * Weights of your own: PARZEN_PRETRAINED=model.json names a model in TensorFlow.js layers format, such as every trial of the
 * training kit keeps, and takes the place of the base. It has 64 inputs, pixels from 0 to 16 row by row, and a last layer that
 * a head can replace; give the study a `--name` of its own. Weights that have seen the digits 5 to 9 make the test worthless.
 *
 * About 4 seconds of processor time a trial: 16 trials take about 40 seconds on two cores.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineSweep, hp } from "parzen";
import { cosineDecay, defineTraining, type ModelContext, modelFiles, type TensorFlow } from "parzen/training";
import { readDigits } from "./data/digits.ts";
import { distort } from "./data/distort.ts";

const space = {
  base: hp.choice([{ type: "frozen" }, { type: "tuned", frozen: hp.uniformint(0, 2), rate: hp.loguniform(0.2, 1) }]),
  head: hp.choice([{ type: "linear" }, { type: "hidden", units: hp.qloguniform(32, 128, 16) }]),
  dropout: hp.uniform(0, 0.4),
  learningRate: hp.loguniform(2e-3, 8e-3),
};

const base = resolve(
  process.env["PARZEN_PRETRAINED"] ?? fileURLToPath(new URL("data/digits-0-4/model.json", import.meta.url)),
);

/** Few images to learn from, many to judge by. */
export const SPLIT = { train: 0.1, validation: 0.45, test: 0.45 };

export default defineSweep({
  space,
  maxTrials: 16,
  slots: 2,
  seed: 1,
  data: ["data/digits.csv.gz", ...modelFiles(base)],
  objective: defineTraining({
    space,
    task: "classification",
    data: () => readDigits(5, 9),
    split: SPLIT,
    standardize: false,
    epochs: 60,
    batchSize: 8,
    augment: distort,
    schedule: () => cosineDecay(),
    checkpointEvery: 10,
    pretrained: base,
    model: (params, { pretrained, outputs, tf }) => withHead(tf, pretrained, { ...params, outputs }),
    layerRate({ name, depth }, { base }) {
      if (name.startsWith("head")) return 1;
      return base.type === "frozen" || depth < base.frozen ? 0 : base.rate;
    },
    optimizer: ({ learningRate }, tf) => tf.train.adam(learningRate),
  }),
});

export interface Head {
  readonly head: { readonly type: "linear" } | { readonly type: "hidden"; readonly units: number };
  readonly dropout: number;
  readonly outputs: number;
}

type Values = ReturnType<TensorFlow["input"]>;

/** The base with a fresh head in the place of its last layer. */
export function withHead(tf: TensorFlow, base: ModelContext["pretrained"], { head, dropout, outputs }: Head) {
  const added = [
    tf.layers.dropout({ rate: dropout, name: "head-dropout" }),
    tf.layers.dense({ units: outputs, name: "head" }),
  ];
  if (head.type === "hidden") {
    added.unshift(tf.layers.dense({ units: head.units, activation: "relu", name: "head-hidden" }));
  }
  // A layer that was applied once has one input, and gives one output for it.
  const features = base.layers.at(-1)?.input as Values;
  return tf.model({ inputs: base.inputs, outputs: added.reduce((x, layer) => layer.apply(x) as Values, features) });
}
