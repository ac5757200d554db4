/**
 * Trials per CPU-second of a trivial objective with the `random` sampler: in memory, in SQLite, in a process pool; and
 * the same of Optuna and Hyperopt in the same run, where `--python` has them.
 *
 *   npm run build && npx tsx bench/throughput.ts --python python3   (the build is what is measured)
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createStudy, hp, processPool, random } from "parzen";
import { temporaryFolder } from "./cleanup.ts";
import { commandLine } from "./command-line.ts";
import { dayAndMachine } from "./machine.ts";

interface Row {
  readonly what: string;
  readonly trials: number;
  readonly perCpuSecond: number;
  readonly perSecond: number;
}

const options = commandLine("npx tsx bench/throughput.ts", {
  trials: { type: "string", default: "10000" },
  python: { type: "string" },
});
const trials = Number(options.trials);
const space = { x: hp.uniform(-5, 5), y: hp.uniform(-5, 5) };
const folder = temporaryFolder("bench");

async function inProcess(what: string, store: string, trials: number): Promise<Row> {
  const study = await createStudy({ name: `${what} ${trials}`, space, store, sampler: random(), maxTrials: trials });
  const row = await measure(what, trials, () => study.optimize(({ x, y }) => x * x + y * y));
  await study.close();
  return row;
}

async function inPool(trials: number): Promise<Row> {
  const file = new URL("./trivial-sweep.mjs", import.meta.url).pathname;
  const store = join(folder, "pool.db");
  const study = await createStudy({ name: "pool", space, store, sampler: random(), maxTrials: trials });
  const executor = processPool({ source: { kind: "module", file }, slots: 2 });
  const row = await measure("SQLite, pool of 2 processes", trials, () => study.drive(executor));
  await executor.close();
  await study.close();
  return row;
}

async function measure(what: string, trials: number, act: () => Promise<unknown>): Promise<Row> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  await act();
  const { user, system } = process.cpuUsage(cpu);
  const perSecond = (trials * 1000) / (performance.now() - wall);
  return { what, trials, perCpuSecond: (trials * 1e6) / (user + system), perSecond };
}

function peersIn(python: string): readonly Row[] {
  const script = new URL("./throughput_peers.py", import.meta.url).pathname;
  const { stdout } = spawnSync(python, [script, folder], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  return (stdout ?? "").split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Row] : []));
}

const rows = [
  await inProcess("parzen, memory, the first of a process", "memory:", trials),
  await inProcess("parzen, memory, compiled by then", "memory:", 5 * trials),
  await inProcess("parzen, SQLite", join(folder, "one.db"), trials),
  await inPool(Math.ceil(0.3 * trials)),
  ...(options.python === undefined ? [] : peersIn(options.python)),
];
console.table(
  rows.map((row) => ({ ...row, perCpuSecond: Math.round(row.perCpuSecond), perSecond: Math.round(row.perSecond) })),
);
console.log(dayAndMachine());
