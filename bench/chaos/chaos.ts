/**
 * Chaos: 1,000 trials of half a second to three on 4 workers of 4 slots, while every five seconds one of the workers, the
 * driver or the Redis server (append-only file on) is killed with -9 and started again a second later. Afterwards every
 * number from 0 to 999 must be complete, each committed once, nothing queued or running, no process left over, in less
 * than twice the time that the same study takes undisturbed.
 *
 *   npm run build && npx tsx bench/chaos/chaos.ts [--runs 10] [--trials 1000] [--seed 1]
 *
 * Needs redis-server on the PATH. Prints a line for each run, and exits with 1 where one fails.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stream } from "../../src/random/stream.ts";
import { keepFolder, temporaryFolder } from "../cleanup.ts";
import { commandLine, work } from "../command-line.ts";
import { dayAndMachine } from "../machine.ts";
import { checkRedis, freePort, redisArguments } from "../redis.ts";
import { Actor } from "./actors.ts";
import { faultsOf, leftOver, pendingOf } from "./verdict.ts";

const WORKERS = 4;
const SLOTS = 4;
const STRIKE_EVERY_MS = 5_000;
const CLI = new URL("../../dist/cli/main.js", import.meta.url).pathname;
const SWEEP = new URL("./sweep.mjs", import.meta.url).pathname;

interface Run {
  readonly trials: number;
  readonly seed: number;
  readonly isDisturbed: boolean;
}

interface Ran {
  readonly seconds: number;
  readonly kills: string;
  readonly faults: readonly string[];
  readonly starts: number;
}

async function run({ trials, seed, isDisturbed }: Run): Promise<Ran> {
  const folder = temporaryFolder("chaos");
  const port = await freePort();
  const store = `redis://127.0.0.1:${port}`;
  const mark = `PARZEN_CHAOS_${port}`;
  const log = join(folder, "starts.log");
  const stage: Stage = { folder, store, env: { ...process.env, [mark]: "1", CHAOS_LOG: log } };
  const redis = new Actor("redis", ["redis-server", ...redisArguments(port, folder)], stage);
  await sleep(500);
  const workers = Array.from({ length: WORKERS }, (_, index) => startWorker(`worker-${index}`, stage));
  const begin = performance.now();
  const driver = startParzen("driver", ["run", SWEEP, "-n", `${trials}`, "--seed", `${seed}`], stage);
  await allowLosses(store, driver);
  const actors = [redis, driver, ...workers];
  const striking = isDisturbed ? strike(actors, seed, driver) : Promise.resolve();
  const code = await driver.finished();
  const seconds = (performance.now() - begin) / 1000;
  await striking;
  await Promise.all(workers.map((worker) => worker.end()));
  const exitFault = code === 0 ? [] : [`the driver ended with ${code}`];
  const found = await storedFaults(port, folder, trials);
  await redis.end();
  const faults = [...exitFault, ...found, ...leftOver(mark)];
  const starts = readFileSync(log, "utf8").trim().split("\n").length;
  if (faults.length > 0) {
    keepFolder(folder);
    faults.push(`logs are in ${folder}`);
  }
  return { seconds, faults, starts, kills: actors.map(({ name, kills }) => `${name} ${kills}`).join(", ") };
}

/** What every process of a run is given. */
interface Stage {
  readonly folder: string;
  readonly store: string;
  readonly env: NodeJS.ProcessEnv;
}

function startWorker(name: string, stage: Stage): Actor {
  const spool = join(stage.folder, "spool");
  return startParzen(name, ["worker", SWEEP, "--slots", `${SLOTS}`, "--spool", spool, "--check", "2.5s"], stage);
}

function startParzen(name: string, args: readonly string[], stage: Stage): Actor {
  return new Actor(name, [process.execPath, CLI, ...args, "--store", stage.store, "--lock", "5s"], stage);
}

/** What is wrong with the study in the server at `port`; its archive stays in the folder. */
async function storedFaults(port: number, folder: string, trials: number): Promise<readonly string[]> {
  const archive = join(folder, "study.json");
  parzen("export", "chaos", "--study", "-o", archive, "--store", `redis://127.0.0.1:${port}`);
  return faultsOf(readFileSync(archive, "utf8"), { trials, pending: await pendingOf(port) });
}

/** Kills somebody every five seconds until the driver has ended by itself. */
async function strike(actors: readonly Actor[], seed: number, driver: Actor): Promise<void> {
  const rng = stream(seed, "chaos");
  const strikes: Promise<void>[] = [];
  for (;;) {
    await sleep(STRIKE_EVERY_MS);
    if (driver.exitCode !== null) break;
    const victim = actors[Math.floor(rng.next() * actors.length)];
    if (victim !== undefined) strikes.push(victim.strike());
  }
  await Promise.all(strikes);
}

function parzen(...args: readonly string[]): void {
  execFileSync(process.execPath, [CLI, ...args], { stdio: ["ignore", "ignore", "pipe"] });
}

/** As soon as the study is there: a trial may be lost as often as somebody is killed. */
async function allowLosses(store: string, driver: Actor): Promise<void> {
  for (;;) {
    const code = driver.exitCode;
    if (code !== null && code !== 0) throw new Error(`the driver ended with ${code}:\n${driver.printed()}`);
    try {
      return parzen("set", "chaos", "--max-lost", "1000000", "--store", store);
    } catch {
      await sleep(200);
    }
  }
}

function listed(faults: readonly string[]): string {
  return faults.map((fault) => `\n  ${fault}`).join("");
}

const values = commandLine("npx tsx bench/chaos/chaos.ts", {
  runs: { type: "string", default: "10" },
  trials: { type: "string", default: "1000" },
  seed: { type: "string", default: "1" },
});
const trials = Number(values.trials);
const first = Number(values.seed);

await work(async () => {
  checkRedis();
  console.log(dayAndMachine());
  const calm = await run({ trials, seed: first, isDisturbed: false });
  console.log(`undisturbed: ${calm.seconds.toFixed(1)} s, ${calm.starts} starts${listed(calm.faults)}`);
  let failures = calm.faults.length > 0 ? 1 : 0;
  for (let index = 0; index < Number(values.runs); index++) {
    const ran = await run({ trials, seed: first + index, isDisturbed: true });
    const ratio = ran.seconds / calm.seconds;
    const faults = [...ran.faults, ...(ratio < 2 ? [] : [`${ratio.toFixed(2)} times the undisturbed time`])];
    const verdict = faults.length === 0 ? "ok" : `FAILED${listed(faults)}`;
    console.log(
      `run ${index + 1}: ${ran.seconds.toFixed(1)} s (${ratio.toFixed(2)}x), ${ran.starts} starts, killed ${ran.kills}: ${verdict}`,
    );
    if (faults.length > 0) failures++;
  }
  process.exit(failures === 0 ? 0 : 1);
});
