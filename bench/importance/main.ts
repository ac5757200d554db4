/**
 * How near the importance of params comes to the truth, which follows from the tasks themselves; that of Optuna's
 * evaluators too, from the same trials, where `--python` names a Python that has Optuna and scikit-learn.
 *
 *   npm run build && npx tsx bench/importance/main.ts --python python3   (bench/README.md says more)
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { commandLine, work } from "../command-line.ts";
import { dayAndMachine } from "../machine.ts";
import { makerFor } from "../search/sampler.ts";
import { mean } from "../search/statistics.ts";
import { loadTasks, OWN_TASKS } from "../search/task-folder.ts";
import { distanceOf, type Shares } from "./shares.ts";
import { estimatedFrom, type History, historyOf, isFlat, truthOf } from "./studies.ts";

const options = commandLine("npx tsx bench/importance/main.ts", {
  sampler: { type: "string", multiple: true, default: ["random", "auto"] },
  trials: { type: "string", default: "50,100" },
  seeds: { type: "string", default: "10" },
  python: { type: "string" },
});

/** An estimate of the shares beside the truth. */
interface Judged {
  readonly estimator: string;
  readonly total: number;
  readonly alone: number;
}

/** What an estimator says, by what it is compared with; the peers have one figure for both. */
interface Estimate {
  readonly estimator: string;
  readonly total: Shares;
  readonly alone: Shares;
}

function peersOf(histories: readonly History[]): readonly (readonly Estimate[])[] {
  if (options.python === undefined) return histories.map(() => []);
  const script = join(import.meta.dirname, "peers.py");
  const answer = execFileSync(options.python, [script], { input: JSON.stringify(histories), maxBuffer: 2 ** 28 });
  const found = JSON.parse(String(answer)) as readonly { readonly [name: string]: Shares }[]; // as the script prints it
  return found.map((shares) =>
    Object.entries(shares).map(([estimator, share]) => ({ estimator, total: share, alone: share })),
  );
}

async function judge(sampler: string, trials: number): Promise<readonly Judged[]> {
  const make = await makerFor(sampler);
  const judged: Judged[] = [];
  for (const task of (await loadTasks([OWN_TASKS])).filter(isFlat)) {
    const truth = truthOf(task);
    const seeds = Array.from({ length: Number(options.seeds) }, (_, seed) => seed);
    const histories = await Promise.all(seeds.map((seed) => historyOf(task, make(), { seed, trials })));
    const peers = peersOf(histories);
    for (const [seed, history] of histories.entries()) {
      const own = { estimator: "parzen", ...(await estimatedFrom(history)) };
      for (const { estimator, total, alone } of [own, ...(peers[seed] ?? [])]) {
        judged.push({ estimator, total: distanceOf(total, truth.total), alone: distanceOf(alone, truth.alone) });
      }
    }
  }
  return judged;
}

function print(row: readonly (string | number)[]): void {
  console.log(`| ${row.join(" | ")} |`);
}

async function main(): Promise<void> {
  console.log(`Part of the importance that is given to the wrong params. ${dayAndMachine()}\n`);
  print(["sampler", "trials", "estimator", "with others", "alone"]);
  print(Array.from({ length: 5 }, () => "---"));
  for (const sampler of options.sampler) {
    for (const trials of options.trials.split(",").map(Number)) {
      const judged = await judge(sampler, trials);
      for (const estimator of new Set(judged.map((one) => one.estimator))) {
        const its = judged.filter((one) => one.estimator === estimator);
        const figures = [mean(its.map(({ total }) => total)), mean(its.map(({ alone }) => alone))];
        print([sampler, trials, estimator, ...figures.map((figure) => figure.toFixed(3))]);
      }
    }
  }
}

await work(main);
