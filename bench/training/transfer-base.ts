/**
 * Trains the net that the sweep `transfer` builds upon, on the digits 0 to 4, and puts its files where the sweep reads them.
 *
 * Five digits are told apart by few features, which are of little use for others. So each image is there in four quarter
 * turns, and the net has to say the turn as well as the digit: of 20 classes.
 *
 *   npm run build && npx tsx bench/training/transfer-base.ts   (bench/README.md says more)
 */
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fmin, grid, hp } from "parzen";
import { type ClassificationDataset, cosineDecay, defineTraining, shift } from "parzen/training";
import { readDigits } from "../../search-spaces/data/digits.ts";
import { temporaryFolder } from "../cleanup.ts";
import { commandLine } from "../command-line.ts";
import { dayAndMachine } from "../machine.ts";
import { buildBase } from "./base-net.ts";

commandLine("npx tsx bench/training/transfer-base.ts", {});

const TURNS = 4;
const space = { learningRate: hp.choice([1e-3]) };

const objective = defineTraining({
  space,
  task: "classification",
  data: () => turn(readDigits(0, 4)),
  split: { train: 0.7, validation: 0.15, test: 0.15 },
  standardize: false,
  augment: shift({ pixels: 1 }),
  schedule: () => cosineDecay(),
  epochs: 20,
  model: (_params, context) => buildBase(context),
  optimizer: ({ learningRate }, tf) => tf.train.adam(learningRate),
});

/** Every image in four quarter turns; a class is a digit in one of them. */
function turn(digits: ClassificationDataset): ClassificationDataset {
  const { rows, labels, classNames } = digits;
  const turns = [digits.features];
  while (turns.length < TURNS) turns.push(quarterTurn(turns.at(-1) ?? digits.features));
  return {
    ...digits,
    rows: rows * TURNS,
    features: Float32Array.from(turns.flatMap((features) => [...features])),
    labels: Int32Array.from({ length: rows * TURNS }, (_, row) => {
      return (labels[row % rows] ?? 0) + classNames.length * Math.floor(row / rows);
    }),
    classNames: turns.flatMap((_, quarters) => classNames.map((name) => `${name} turned by ${90 * quarters}`)),
  };
}

/** The pixel at (y, x) comes from (7 - x, y). */
function quarterTurn(features: Float32Array): Float32Array {
  return features.map((_, at) => {
    const [y, x] = [Math.floor((at % 64) / 8), at % 8];
    return features[at - (at % 64) + 8 * (7 - x) + y] ?? 0;
  });
}

console.log(dayAndMachine());
const scratch = temporaryFolder("base");
const { best } = await fmin(objective, space, { store: join(scratch, "base.db"), sampler: grid(), seed: 1 });
console.log(best?.loss, best?.metrics);

const target = fileURLToPath(new URL("../../search-spaces/data/digits-0-4", import.meta.url));
mkdirSync(target, { recursive: true });
for (const file of readdirSync(scratch, { recursive: true, encoding: "utf8" })) {
  const name = basename(file);
  if (name === "model.json" || name === "weights.bin") copyFileSync(join(scratch, file), join(target, name));
}
process.exit();
