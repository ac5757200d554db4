/**
 * Milliseconds of one proposal by sampler, dimensions and past trials; of Optuna and Hyperopt too, where `--python`
 * names a Python that has them. The build is what is measured.
 *
 *   npm run bench:overhead -- --python python3   (bench/README.md says more)
 */
import { parseArgs } from "node:util";
import { machine } from "../machine.ts";
import { PEERS, type Peer, startPeer } from "../search/peers.ts";
import { makerFor, SAMPLERS } from "../search/sampler.ts";
import { type Effort, type Point, timesOfPeer, timesOfSampler } from "./measure.ts";
import { mixedSpace } from "./spaces.ts";

const DIMENSIONS = [10, 30];
const PAST = [50, 100, 200, 300, 1000, 5000];
const OURS: Effort = { searches: 10, proposals: 22, budgetMs: 20_000 };
const THEIRS: Effort = { searches: 1, proposals: 22, budgetMs: 10_000 };

const { values: options } = parseArgs({
  options: {
    sampler: { type: "string", multiple: true, default: [...SAMPLERS] },
    past: { type: "string", default: PAST.join(",") },
    python: { type: "string" },
    peers: { type: "string", default: PEERS.filter((name) => name !== "optuna-multivariate").join(",") },
  },
});

interface Row {
  readonly optimizer: string;
  times(point: Point): Promise<readonly number[]>;
}

async function samplerRow(name: string): Promise<Row> {
  const make = await makerFor(name);
  await timesOfSampler(make, { space: mixedSpace(10), past: 100 }, OURS); // compiles what the rest will use
  return { optimizer: `parzen ${name}`, times: (point) => timesOfSampler(make, point, OURS) };
}

async function startPeers(): Promise<readonly Peer[]> {
  const peers: Peer[] = [];
  for (const name of options.python === undefined ? [] : options.peers.split(",")) {
    const started = await startPeer(options.python ?? "", name);
    if ("missing" in started) console.log(`${name} is left out: ${started.missing}\n`);
    else peers.push(started);
  }
  return peers;
}

function cells(name: string, { space, past }: Point, times: readonly number[]): readonly (string | number)[] {
  const sorted = times.toSorted((a, b) => a - b);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  const figures = times.length === 0 ? ["-", "-", "-"] : [mean, at(0.5), at(0.99)].map((ms) => ms.toFixed(2));
  return [name, space.length, past, ...figures, times.length];
}

function print(row: readonly (string | number)[]): void {
  console.log(`| ${row.join(" | ")} |`);
}

const peers = await startPeers();
const rows: Row[] = [];
for (const name of options.sampler) rows.push(await samplerRow(name));
for (const peer of peers) rows.push({ optimizer: peer.name, times: (point) => timesOfPeer(peer, point, THEIRS) });
console.log(`Milliseconds per proposal. ${new Date().toISOString().slice(0, 10)}, ${machine()}\n`);
print(["optimizer", "dimensions", "past trials", "mean", "median", "p99", "proposals"]);
print(Array.from({ length: 7 }, () => "---"));
for (const dimensions of DIMENSIONS) {
  for (const past of options.past.split(",").map(Number)) {
    const point = { space: mixedSpace(dimensions), past };
    for (const { optimizer, times } of rows) print(cells(optimizer, point, await times(point)));
  }
}
for (const peer of peers) await peer.close();
