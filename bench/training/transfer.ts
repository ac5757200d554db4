/**
 * In how many epochs a net learns the digits 5 to 9 that knows the digits 0 to 4, and one that knows nothing: the base of the
 * sweep `transfer` with a linear head, the same net from scratch, both on the same few images. Each way has the learning
 * rate at which it needs the fewest epochs for 90 %, in the mean over the seeds. Figures are of the validation split, the
 * test split stays sealed.
 *
 *   npm run build && npx tsx bench/training/transfer.ts --seeds 1,2,3,4,5   (bench/README.md says more)
 */

import { fmin, grid, hp } from "parzen";
import { defineTraining } from "parzen/training";
import { readDigits } from "../../search-spaces/data/digits.ts";
import { SPLIT, withHead } from "../../search-spaces/transfer.ts";
import { commandLine } from "../command-line.ts";
import { dayAndMachine } from "../machine.ts";
import { buildBase } from "./base-net.ts";

const options = commandLine("npx tsx bench/training/transfer.ts", {
  seeds: { type: "string", default: "1,2,3,4,5" },
  epochs: { type: "string", default: "20" },
});
const epochs = Number(options.epochs);
const seeds = options.seeds.split(",").map(Number);

/** Whether the net begins with the base's weights, and how many of its layers stay as they are. */
const WAYS = {
  "from scratch": { hasBase: false, frozen: 0 },
  "base, all layers learn": { hasBase: true, frozen: 0 },
  "base, first layer frozen": { hasBase: true, frozen: 1 },
  "base frozen": { hasBase: true, frozen: 3 },
};
const NAMES = ["from scratch", "base, all layers learn", "base, first layer frozen", "base frozen"] as const;
const RATES = [1e-3, 3e-3, 1e-2, 3e-2] as const;
const GOALS = [0.8, 0.9, 0.95];
const space = { way: hp.choice(NAMES), rate: hp.choice(RATES) };

interface Epoch {
  readonly way: keyof typeof WAYS;
  readonly rate: number;
  readonly seed: number;
  /** Of the validation split. */
  readonly accuracy: number;
}

let seed = 0;
const trained: Epoch[] = [];

const objective = defineTraining({
  space,
  task: "classification",
  data: () => readDigits(5, 9),
  standardize: false,
  split: SPLIT,
  epochs,
  batchSize: 16,
  pretrained: new URL("../../search-spaces/data/digits-0-4/model.json", import.meta.url),
  model({ way }, { pretrained, ...context }) {
    const below = WAYS[way].hasBase ? pretrained : buildBase(context);
    return withHead(context.tf, below, { head: { type: "linear" }, dropout: 0, outputs: context.outputs });
  },
  layerRate: ({ depth }, { way }) => (depth < WAYS[way].frozen ? 0 : 1),
  optimizer: ({ rate }, tf) => tf.train.adam(rate),
  callbacks: (params) => ({
    onEpochEnd: ({ metrics }) => void trained.push({ ...params, seed, accuracy: metrics["accuracy"] ?? Number.NaN }),
  }),
});

/** In the mean over the seeds; null where a training of one of them never came so far. */
function epochsTo(goal: number, way: keyof typeof WAYS, rate: number): number | null {
  const counts = seeds.map((of) => {
    const run = trained.filter((epoch) => epoch.way === way && epoch.rate === rate && epoch.seed === of);
    return 1 + run.findIndex(({ accuracy }) => accuracy >= goal);
  });
  return counts.includes(0) ? null : counts.reduce((sum, count) => sum + count) / counts.length;
}

console.log(`${dayAndMachine()}, seeds ${options.seeds}\n`);
for (seed of seeds) await fmin(objective, space, { sampler: grid(), seed });

const row = (way: keyof typeof WAYS, rate: number) =>
  `| ${[way, rate, ...GOALS.map((goal) => epochsTo(goal, way, rate)?.toFixed(1) ?? `over ${epochs}`)].join(" | ")} |`;
console.log(`| net | rate | ${GOALS.map((goal) => `epochs to ${goal}`).join(" | ")} |\n|---|---|---|---|---|`);
for (const way of NAMES) for (const rate of RATES) console.log(row(way, rate));

const count = (way: keyof typeof WAYS, rate: number) => epochsTo(0.9, way, rate) ?? Number.POSITIVE_INFINITY;
console.log("\nEach at its best rate:\n");
for (const way of NAMES) console.log(row(way, RATES.toSorted((a, b) => count(way, a) - count(way, b))[0] ?? 0));
process.exit();
