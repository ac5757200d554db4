/**
 * What depth does to a plain net and to a residual one: both as `vgg-resnet` builds them, with as many convolutions of the
 * same width, initialized alike and trained on the digits for the same epochs at the same rate. Figures are of the
 * validation split, one line a training and then the means; the test split stays sealed.
 *
 *   npm run build && npx tsx bench/training/depth.ts --seeds 1,2,3   (bench/README.md says more)
 */

import { fmin, grid, hp } from "parzen";
import { defineTraining } from "parzen/training";
import { buildDigitNet, readDigits } from "../../search-spaces/vgg-resnet.ts";
import { commandLine } from "../command-line.ts";
import { dayAndMachine } from "../machine.ts";

const options = commandLine("npx tsx bench/training/depth.ts", {
  seeds: { type: "string", default: "1,2,3" },
  epochs: { type: "string", default: "5" },
});

const TYPES = ["vgg", "residual"] as const;
const DEPTHS = [4, 12, 20] as const;
const space = { type: hp.choice(TYPES), depth: hp.choice(DEPTHS) };

const objective = defineTraining({
  space,
  task: "classification",
  data: readDigits,
  standardize: false,
  split: { train: 0.7, validation: 0.15, test: 0.15 },
  epochs: Number(options.epochs),
  model({ type, depth }, { outputs, tf }) {
    const block = { type, blocks: depth / 4, pooling: "max" } as const;
    return buildDigitNet(tf, { block, filters: 8, dropout: 0, outputs });
  },
  optimizer: (_params, tf) => tf.train.adam(1e-3),
});

interface Trained {
  readonly type: string;
  readonly depth: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** Every net once, on the split of the seed. */
async function train(seed: number): Promise<readonly Trained[]> {
  const { trials } = await fmin(objective, space, { sampler: grid(), seed });
  return trials.map((trial) => {
    if (trial.state !== "complete") throw new Error(`a training of ${JSON.stringify(trial.params)} is ${trial.state}`);
    const { params, loss, metrics } = trial;
    const accuracy = metrics["accuracy"] ?? Number.NaN;
    console.log(
      `seed ${seed}, ${params.type} ${params.depth}: loss ${loss.toFixed(3)}, accuracy ${accuracy.toFixed(3)}`,
    );
    return { ...params, loss, accuracy };
  });
}

console.log(`${dayAndMachine()}, ${options.epochs} epochs\n`);
const trained: Trained[] = [];
for (const seed of options.seeds.split(",")) trained.push(...(await train(Number(seed))));

function mean(values: readonly number[]): string {
  return (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
}

console.log("\n| convolutions | VGG: accuracy | loss | residual: accuracy | loss |\n|---|---|---|---|---|");
for (const depth of DEPTHS) {
  const cells = TYPES.flatMap((type) => {
    const runs = trained.filter((run) => run.type === type && run.depth === depth);
    return [mean(runs.map(({ accuracy }) => accuracy)), mean(runs.map(({ loss }) => loss))];
  });
  console.log(`| ${[depth, ...cells].join(" | ")} |`);
}
process.exit();
