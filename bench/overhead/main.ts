/**
 * Milliseconds of one proposal by sampler, dimensions and past trials; of Optuna and Hyperopt too, where `--python`
 * names a Python that has them. The build is what is measured.
 *
 *   npm run bench:overhead -- --python python3   (bench/README.md says more)
 */
import { commandLine, work } from "../command-line.ts";
import { dayAndMachine } from "../machine.ts";
import { PEERS, type Peer, peersIn, startPeer } from "../search/peers.ts";
import { makerFor, SAMPLERS } from "../search/sampler.ts";
import { mean, median } from "../search/statistics.ts";
import { type Effort, type Point, type Time, timesOfPeer, timesOfSampler } from "./measure.ts";
import { mixedSpace } from "./spaces.ts";

const DIMENSIONS = [10, 30];
const PAST = [50, 100, 200, 300, 1000, 5000];
const OURS: Effort = { searches: 10, proposals: 22, budgetMs: 20_000 };
const THEIRS: Effort = { searches: 1, proposals: 22, budgetMs: 10_000 };

const options = commandLine("npm run bench:overhead --", {
  sampler: { type: "string", multiple: true, default: [...SAMPLERS] },
  past: { type: "string", default: PAST.join(",") },
  python: { type: "string" },
  peers: { type: "string", default: PEERS.filter((name) => name !== "optuna-multivariate").join(",") },
});

/** Whoever takes more CPU time than that is not asked at larger numbers of trials: it could take hours, and all memory. */
const SLOW_MS = 1000;

/** An optimizer, which is measured at growing numbers of past trials. */
interface Contestant {
  readonly name: string;
  times(point: Point): Promise<readonly Time[]>;
}

async function sampler(name: string): Promise<Contestant> {
  const make = await makerFor(name);
  await timesOfSampler(make, { space: mixedSpace(10), past: 100 }, OURS); // compiles what the rest will use
  return { name: `parzen ${name}`, times: (point) => timesOfSampler(make, point, OURS) };
}

async function startPeers(): Promise<readonly Peer[]> {
  const names = peersIn(options.peers);
  const peers: Peer[] = [];
  for (const name of options.python === undefined ? [] : names) {
    const started = await startPeer(options.python ?? "", name);
    if ("missing" in started) console.log(`${name} is left out: ${started.missing}\n`);
    else peers.push(started);
  }
  return peers;
}

async function printRows({ name, times }: Contestant, dimensions: number): Promise<void> {
  for (const past of options.past.split(",").map(Number)) {
    const taken = await times({ space: mixedSpace(dimensions), past });
    const wall = figures(taken.map(({ ms }) => ms));
    const cpu = figures(taken.map(({ cpuMs }) => cpuMs));
    const cells = [wall.mean, wall.median, wall.p99, cpu.mean, cpu.p99].map((ms) => ms.toFixed(2));
    print([name, dimensions, past, ...cells, taken.length]);
    if (!(cpu.mean < SLOW_MS)) return;
  }
}

function figures(values: readonly number[]): { readonly mean: number; readonly median: number; readonly p99: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return { mean: mean(values), median: median(values), p99: sorted[Math.ceil(0.99 * sorted.length) - 1] ?? Number.NaN };
}

function print(row: readonly (string | number)[]): void {
  console.log(`| ${row.join(" | ")} |`);
}

async function main(): Promise<void> {
  const peers = await startPeers();
  const contestants: Contestant[] = [];
  for (const name of options.sampler) contestants.push(await sampler(name));
  for (const peer of peers) contestants.push({ name: peer.name, times: (point) => timesOfPeer(peer, point, THEIRS) });

  console.log(`Milliseconds per proposal. ${dayAndMachine()}\n`);
  print(["optimizer", "dimensions", "past trials", "mean", "median", "p99", "CPU mean", "CPU p99", "proposals"]);
  print(Array.from({ length: 9 }, () => "---"));
  for (const dimensions of DIMENSIONS) {
    for (const contestant of contestants) await printRows(contestant, dimensions);
  }
  for (const peer of peers) await peer.close();
}

await work(main);
