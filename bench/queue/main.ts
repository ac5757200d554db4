/**
 * What trials cost that go over Redis: beside bare BullMQ, its sandbox and a list; after many trials; on many slots; and
 * after a restart of the server.
 *
 *   npm run build && npx tsx bench/queue/main.ts [--part throughput|growth|efficiency|restart] [--workers 2] [--slots 8]
 *
 * Needs redis-server on the PATH, which it starts with an append-only file (fsync every second).
 */
import { commandLine, work } from "../command-line.ts";
import { dayAndMachine } from "../machine.ts";
import { type RedisServer, startRedis } from "../redis.ts";
import { type Efficiency, efficiency, restart } from "./fleet.ts";
import { growth } from "./growth.ts";
import { KINDS, throughput } from "./throughput.ts";

const PARTS: Readonly<Record<string, (redis: RedisServer) => Promise<void>>> = {
  throughput: showThroughput,
  growth: showGrowth,
  efficiency: showEfficiency,
  restart: showRestart,
};
const PART_NAMES = Object.keys(PARTS);
const KIND_NAMES = KINDS.map(({ name }) => name);
const values = commandLine(
  "npx tsx bench/queue/main.ts",
  {
    part: { type: "string", multiple: true, default: PART_NAMES },
    workers: { type: "string", multiple: true, default: ["1", "2", "4"] },
    slots: { type: "string", multiple: true, default: ["1", "8", "32"] },
    kind: { type: "string", multiple: true, default: KIND_NAMES },
    trials: { type: "string", default: "20000" },
    repetitions: { type: "string", default: "3" },
    finished: { type: "string", multiple: true, default: ["100", "10000", "20000", "100000"] },
    sleeping: { type: "string", multiple: true, default: ["1", "16", "64", "256"] },
    rounds: { type: "string", default: "10" },
    sampler: { type: "string", multiple: true, default: ["random", "tpe"] },
  },
  { part: PART_NAMES, kind: KIND_NAMES, sampler: ["random", "tpe", "gp", "auto"] },
);
const trials = Number(values.trials);
const repetitions = Number(values.repetitions);

async function showThroughput(redis: RedisServer): Promise<void> {
  const kinds = KINDS.filter(({ name }) => values.kind.includes(name));
  for (const workers of values.workers.map(Number)) {
    for (const slots of values.slots.map(Number)) {
      show(await throughput(redis, { workers, slots, trials, repetitions }, kinds));
    }
  }
}

async function showGrowth(redis: RedisServer): Promise<void> {
  show(await growth(redis, { sizes: values.finished.map(Number), trials, repetitions }));
}

async function showEfficiency(redis: RedisServer): Promise<void> {
  const rows: Efficiency[] = [];
  for (const sampler of values.sampler) {
    for (const slots of values.sleeping.map(Number)) {
      rows.push(await efficiency(redis, { slots, rounds: Number(values.rounds), sampler }));
    }
  }
  show(rows);
}

async function showRestart(redis: RedisServer): Promise<void> {
  console.log(`300 workers serve again ${(await restart(redis, 300)).toFixed(1)} s after Redis is back`);
}

function show(rows: readonly object[]): void {
  console.table(rows.map(rounded));
}

/** Figures as they are shown. */
function rounded(row: object): object {
  const shown = Object.entries(row).map(([name, value]) =>
    typeof value === "number" ? [name, Number(value.toPrecision(3))] : [name, value],
  );
  return Object.fromEntries(shown);
}

await work(async () => {
  const redis = await startRedis();
  console.log(dayAndMachine());
  for (const [name, part] of Object.entries(PARTS)) if (values.part.includes(name)) await part(redis);
  await redis.stop();
  process.exit();
});
