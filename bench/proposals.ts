/**
 * Time of one proposal by the number of past trials, on a mixed space of ten dimensions; of Hyperopt and Optuna too,
 * where Python has them (PYTHON names the interpreter). Run: npm run build && npx tsx bench/proposals.ts; the
 * build is what is measured
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  type Assignment,
  compileSpace,
  hp,
  type Observation,
  type ProposalRequest,
  random,
  type Sampler,
  tpe,
} from "parzen";
import { stream } from "../src/random/stream.ts";

const PAST = [50, 200, 1000, 3000];
const PROPOSALS = 200;
const WARM_UP = 50;
const SEED = 1;

const space = compileSpace({
  u0: hp.uniform(-5, 5),
  u1: hp.uniform(-5, 5),
  u2: hp.uniform(-5, 5),
  u3: hp.uniform(-5, 5),
  u4: hp.uniform(-5, 5),
  l0: hp.loguniform(1e-5, 1),
  l1: hp.loguniform(1e-5, 1),
  l2: hp.loguniform(1e-5, 1),
  c0: hp.choice(["a", "b", "c", "d"]),
  c1: hp.choice(["a", "b", "c", "d"]),
});

/** A bowl: lowest where uniform ones are 0, logarithmic ones 1e-3, choices the first. */
function lossOf(assignment: Assignment): number {
  return Object.entries(assignment).reduce((sum, [path, value]) => {
    if (path.startsWith("u")) return sum + (value / 5) ** 2;
    return sum + (path.startsWith("l") ? (Math.log10(value) + 3) ** 2 / 9 : value / 4);
  }, 0);
}

function request(observations: readonly Observation[]): ProposalRequest {
  return {
    space,
    trialNumber: observations.length,
    rng: stream(SEED, observations.length),
    studyRng: (name) => stream(SEED, name),
    observations,
    pending: [],
    plan: { maxTrials: null, parallelism: 1, objectives: 1 },
    isAllowed: () => true,
    memo: null,
  };
}

function ask(sampler: Sampler, past: readonly Observation[]): Observation {
  const proposal = sampler.propose(request(past));
  if (proposal.kind === "exhausted") throw new Error("the space has no end");
  const { assignment } = proposal;
  const number = past.length;
  return { number, assignment, reports: [], result: { kind: "complete", losses: [lossOf(assignment)] } };
}

/** Milliseconds of each proposal, the trials told as they come. */
function timesOf(sampler: Sampler, past: number, proposals: number): number[] {
  const observations: Observation[] = [];
  while (observations.length < past) observations.push(ask(random(), observations));
  return Array.from({ length: proposals }, () => {
    const begin = process.hrtime.bigint();
    const observation = ask(sampler, observations);
    const end = process.hrtime.bigint();
    observations.push(observation);
    return Number(end - begin) / 1e6;
  });
}

function row(name: string, past: number, times: readonly number[]): (string | number)[] {
  const sorted = times.toSorted((a, b) => a - b);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return [name, past, mean.toFixed(3), at(0.5).toFixed(3), at(0.99).toFixed(3), times.length];
}

function print(cells: readonly (string | number)[]): void {
  console.log(cells.map((cell, index) => (index === 0 ? String(cell).padEnd(20) : String(cell).padStart(12))).join(""));
}

function printPeers(): void {
  const python = process.env["PYTHON"] ?? "python3";
  const script = fileURLToPath(new URL("./peers.py", import.meta.url));
  const run = spawnSync(python, [script, ...PAST.map(String)], { encoding: "utf8" });
  if (run.status !== 0) console.log(`peers: ${python} did not run ${script}`);
  for (const line of run.stdout.split("\n").filter((text) => text !== "")) {
    const { name, past, times, missing } = JSON.parse(line);
    if (missing) console.log(`${name}: not installed`);
    else print(row(name, past, times));
  }
}

print(["ms per proposal", "past trials", "mean", "median", "p99", "proposals"]);
for (const sampler of [random(), tpe()]) {
  timesOf(sampler, PAST[1] ?? 0, WARM_UP);
  for (const past of PAST) print(row(`parzen ${sampler.name}`, past, timesOf(sampler, past, PROPOSALS)));
}
printPeers();
