import { parseArgs } from "node:util";
import { none, type Pruner, type Sampler } from "parzen";
import { work } from "../command-line.ts";
import { dayAndMachine } from "../machine.ts";
import { count } from "../search/options.ts";
import { makerFor } from "../search/sampler.ts";
import { strategyFrom } from "../search/strategy.ts";
import { OWN_TASKS } from "../search/task-folder.ts";
import { compare, computeToEqual, type Measure, type PrunerComparison } from "./compare.ts";
import type { Knowledge } from "./knowledge.ts";
import { type Found, simulate } from "./simulate.ts";
import { type CurveTask, loadCurveTasks } from "./task.ts";

const USAGE = `npm run bench:pruning -- [options]

  --sampler NAME     as for bench:search (auto)
  --pruner NAME      median, or with options 'successiveHalving:{"min":3}'; may come again (successiveHalving)
  --tasks DIR        a further folder of tasks; those with learning curves count; may come again
  --peer NAME        an optimizer whose recorded curves, of searches without a pruner, the folders hold; may come again
                     (optuna 5.0.0)
  --seeds N          searches each (20)
  --budget N         compute of each search, in whole trainings (50)
  --in-flight N      trials at once (1)
  --forget-pruned    the sampler learns of pruned trials only that they are no use
  --forget-running   the sampler is not told what running trials have reported
  --foretell         sampler and pruner know from its first report what a trial comes to: a bound of what can be saved`;

const PRUNERS = ["none", "successiveHalving", "hyperband", "median", "percentile", "threshold"];

/** A pruner by what is written on the command line. */
const prunerFrom = (text: string): Pruner => strategyFrom<Pruner>("--pruner", text, PRUNERS)();

interface Circumstances extends Knowledge {
  readonly seeds: number;
  readonly budget: number;
  readonly sampler: () => Sampler;
}

async function searches(task: CurveTask, pruner: Pruner, how: Circumstances): Promise<readonly Found[]> {
  const { seeds, sampler, ...same } = how;
  const found: Found[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    found.push(await simulate(task, { sampler: sampler(), pruner, seed, ...same }));
  }
  return found;
}

const share = (value: number | null): string => (value === null ? "never" : value.toFixed(2));
const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function row(task: string, pruner: string, result: PrunerComparison): string {
  const regrets = [result.regret, result.unprunedRegret].map((value) => value.toFixed(4));
  const counts = [result.trials, result.complete].map((value) => value.toFixed(0));
  return line([task, pruner, share(result.median), share(result.mean), ...regrets, ...counts]);
}

interface Beside {
  readonly pruner: string;
  readonly pruned: readonly Found[];
  readonly peer: string;
}

/** How the recorded searches of another optimizer ended that have that number in flight and the whole budget. */
function endsOf(task: CurveTask, peer: string, how: Circumstances): readonly number[] {
  return task.recorded.flatMap(({ optimizer, inFlight, values }) =>
    optimizer === peer && inFlight === how.inFlight ? (values[how.budget - 1] ?? []) : [],
  );
}

/** Null where the task has no such curves. */
function peerRow(task: CurveTask, { pruner, pruned, peer }: Beside, how: Circumstances & Measure): string | null {
  const end = endsOf(task, peer, how);
  if (end.length === 0) return null;
  const { median, mean } = computeToEqual(pruned, end, how);
  return line([task.name, pruner, peer, String(end.length), share(median), share(mean)]);
}

function readOptions() {
  return parseArgs({
    options: {
      sampler: { type: "string", default: "auto" },
      pruner: { type: "string", multiple: true, default: ["successiveHalving"] },
      tasks: { type: "string", multiple: true, default: [] },
      peer: { type: "string", multiple: true, default: ["optuna 5.0.0"] },
      seeds: { type: "string", default: "20" },
      budget: { type: "string", default: "50" },
      "in-flight": { type: "string", default: "1" },
      "forget-pruned": { type: "boolean", default: false },
      "forget-running": { type: "boolean", default: false },
      foretell: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  }).values;
}

type Options = ReturnType<typeof readOptions>;

async function circumstancesOf(options: Options): Promise<Circumstances> {
  return {
    seeds: count("--seeds", options.seeds),
    budget: count("--budget", options.budget),
    inFlight: count("--in-flight", options["in-flight"]),
    forgetsPruned: options["forget-pruned"],
    forgetsRunning: options["forget-running"],
    foretells: options.foretell,
    sampler: await makerFor(options.sampler),
  };
}

/** Prints a row for each pruner as soon as it is there. @returns the rows beside other optimizers */
async function compareOn(task: CurveTask, { pruner: pruners, peer: peers }: Options, how: Circumstances) {
  const measure: Measure = { budget: how.budget, scale: [task.optimum, task.random.median] };
  const unpruned = await searches(task, none(), how);
  const besides: string[] = [];
  for (const pruner of pruners) {
    const pruned = await searches(task, prunerFrom(pruner), how);
    console.log(row(task.name, pruner, compare(pruned, unpruned, measure)));
    besides.push(...peers.flatMap((peer) => peerRow(task, { pruner, pruned, peer }, { ...how, ...measure }) ?? []));
  }
  return besides;
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) return console.log(USAGE);
  for (const pruner of options.pruner) prunerFrom(pruner); // what is none is refused before anything runs
  const how = await circumstancesOf(options);
  const { seeds, budget, inFlight } = how;
  console.log(
    `${options.sampler}, ${seeds} seeds, ${budget} whole trainings, ${inFlight} in flight. ${dayAndMachine()}\n`,
  );
  console.log("| task | pruner | compute to equal, median | mean | regret | unpruned | trials | complete |");
  console.log("|---|---|---|---|---|---|---|---|");
  const besides: string[] = [];
  const tasks = await loadCurveTasks([OWN_TASKS, ...options.tasks]);
  for (const task of tasks) {
    besides.push(...(await compareOn(task, options, how)));
  }
  for (const peer of options.peer.filter((name) => tasks.every((task) => endsOf(task, name, how).length === 0)))
    console.log(`\n--peer ${peer}: no folder has its curves of ${budget} trials with ${inFlight} in flight`);
  if (besides.length === 0) return;
  console.log("\n| task | pruner | another search, not pruned | its seeds | compute to equal, median | mean |");
  console.log("|---|---|---|---|---|---|");
  for (const beside of besides) console.log(beside);
}

await work(main);
