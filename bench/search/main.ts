/**
 * Searches a set of tasks with samplers of parzen and with other optimizers, and reports who found what.
 *
 *   npm run bench:search -- --python python3   (bench/README.md says more)
 */
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { work } from "../command-line.ts";
import { machine } from "../machine.ts";
import { type Curve, comparable, formatCurve, longest, readCurves, runKey } from "./curve.ts";
import { failingByChance } from "./failing.ts";
import type { Optimizer } from "./optimizer.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { startPeer } from "./peers.ts";
import { type Circumstances, markdown } from "./report/markdown.ts";
import { type Summary, summarize } from "./report/summary.ts";
import { makerFor, samplerOptimizer } from "./sampler.ts";
import { simulate } from "./simulate.ts";
import type { Task } from "./task.ts";
import { loadTasks, OWN_TASKS } from "./task-folder.ts";
import { codeVersion } from "./version.ts";

async function optimizersOf({ samplers, python, peers }: Options): Promise<readonly Optimizer[]> {
  const names = [...new Set([...samplers, "random"])];
  const ours = await Promise.all(
    names.map(async (name) =>
      samplerOptimizer({ name: nameOf(name), version: codeVersion(name) }, await makerFor(name)),
    ),
  );
  const theirs: Optimizer[] = [];
  for (const peer of python === null ? [] : peers) {
    const started = await startPeer(python ?? "", peer);
    if ("missing" in started) console.error(`${peer} is left out: ${started.missing}`);
    else theirs.push(started);
  }
  return [...ours, ...theirs];
}

const OURS = "parzen ";
const nameOf = (sampler: string): string => OURS + sampler;

async function selectTasks({ folders, only, failing }: Options): Promise<readonly Task[]> {
  const tasks = await loadTasks([OWN_TASKS, ...folders]);
  const unknown = only.find((name) => !tasks.some((task) => task.name === name));
  if (unknown !== undefined)
    throw new Error(`--only ${unknown}: tasks are ${tasks.map(({ name }) => name).join(", ")}`);
  const chosen = only.length === 0 ? tasks : tasks.filter(({ name }) => only.includes(name));
  return failing === 0 ? chosen : chosen.map((task) => failingByChance(task, failing));
}

interface Plan extends Omit<Options, "inFlight"> {
  readonly tasks: readonly Task[];
  readonly inFlight: number;
  /** The file that gets every curve as soon as it is there. */
  readonly file: string;
}

/** Runs what neither the file nor the tasks hold yet. Gives all that they hold then. */
async function run(optimizers: readonly Optimizer[], plan: Plan): Promise<readonly Curve[]> {
  const done = new Set(
    curvesOf(optimizers, plan).flatMap((curve) => (curve.values.length < plan.trials ? [] : [runKey(curve)])),
  );
  const end = plan.firstSeed + plan.seeds;
  for (let seed = plan.firstSeed; seed < end; seed++) {
    for (const task of plan.tasks) {
      for (const optimizer of optimizers) {
        const key = { task: task.name, optimizer: optimizer.name, seed, inFlight: plan.inFlight };
        if (done.has(runKey(key))) continue;
        const search = await optimizer.begin({ space: task.space, seed, inFlight: plan.inFlight });
        const values = await simulate(search, task, { seed, trials: plan.trials, inFlight: plan.inFlight });
        await search.close();
        const versions = { version: optimizer.version, taskVersion: task.version };
        appendFileSync(plan.file, `${formatCurve({ ...key, ...versions, values })}\n`);
      }
    }
    console.error(`seed ${seed} of ${plan.firstSeed} to ${end - 1}`);
  }
  return curvesOf(optimizers, plan);
}

function curvesOf(optimizers: readonly Optimizer[], plan: Plan): readonly Curve[] {
  return longest(comparable(heldCurves(optimizers, plan), plan.trials));
}

/**
 * The curves of any length that count: of these tasks, seeds and trials in flight; recorded ones from seed 0 on. Of those
 * that the file holds, what was run on the tasks of today; of samplers of parzen, those of this run and of today's code.
 */
function heldCurves(optimizers: readonly Optimizer[], plan: Plan): readonly Curve[] {
  const { tasks, file, firstSeed, seeds, inFlight } = plan;
  const taskVersions = new Map(tasks.map(({ name, version }) => [name, version]));
  const versions = new Map(optimizers.map(({ name, version }) => [name, version]));
  const made = (existsSync(file) ? readCurves(file) : []).filter(
    ({ optimizer, task, taskVersion, seed }) =>
      taskVersion === taskVersions.get(task) &&
      (versions.has(optimizer) || !optimizer.startsWith(OURS)) &&
      seed >= firstSeed &&
      seed < firstSeed + seeds,
  );
  const recorded = tasks.flatMap((task) => task.recorded).filter(({ seed }) => seed < seeds);
  return [...recorded, ...made].filter(
    (curve) =>
      taskVersions.has(curve.task) &&
      curve.inFlight === inFlight &&
      curve.version === (versions.get(curve.optimizer) ?? curve.version),
  );
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(USAGE);
  const tasks = await selectTasks(options);
  mkdirSync(options.out, { recursive: true });
  const optimizers = await optimizersOf(options);
  const file = join(options.out, "curves.jsonl");
  const parts: Part[] = [];
  try {
    for (const inFlight of options.inFlight)
      parts.push(await partOf(optimizers, { ...options, tasks, file, inFlight }));
  } finally {
    await Promise.all(optimizers.map((each) => each.close()));
  }
  const text = parts.map(({ summary, circumstances }) => markdown(summary, circumstances)).join("\n");
  const json = parts.map(({ summary, circumstances }) => ({ ...circumstances, ...summary }));
  writeFileSync(join(options.out, "report.json"), `${JSON.stringify(json, null, 1)}\n`);
  writeFileSync(join(options.out, "report.md"), text);
  console.log(text);
}

/** The part of the report for one number of trials in flight. */
interface Part {
  readonly summary: Summary;
  readonly circumstances: Circumstances;
}

async function partOf(optimizers: readonly Optimizer[], plan: Plan): Promise<Part> {
  const { tasks, firstSeed, seeds, trials, inFlight } = plan;
  const curves = await run(optimizers, plan);
  const compared = new Set(curves.map(({ optimizer }) => optimizer));
  const held = new Set(heldCurves(optimizers, plan).map(({ optimizer }) => optimizer));
  const leftOut = [...held].filter((name) => !compared.has(name));
  const summary = summarize({ tasks, curves, ours: plan.samplers.map(nameOf), trials });
  const date = new Date().toISOString().slice(0, 10);
  return { summary, circumstances: { date, machine: machine(), firstSeed, seeds, trials, inFlight, leftOut } };
}

await work(main);
