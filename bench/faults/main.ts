/**
 * Faults at default settings, where a lock lasts 30 s and is checked every 10 s: a killed worker's trial, a busy objective,
 * a handed-back trial, and what a kill leaves behind. One trial and two worker processes each.
 *
 *   npm run build && npx tsx bench/faults/main.ts [--check killed] [--check busy] [--check willing] [--check orphan]
 *
 * Needs redis-server on the PATH, and Linux. Takes about three minutes; exits with 1 where something does not hold.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { leftOver } from "../chaos/verdict.ts";
import { temporaryFolder } from "../cleanup.ts";
import { commandLine, work } from "../command-line.ts";
import { dayAndMachine } from "../machine.ts";
import { checkRedis, startRedis } from "../redis.ts";
import { type Command, start } from "./command.ts";

const SWEEP = new URL("./sweep.mjs", import.meta.url).pathname;

type Kind = "killed" | "busy" | "willing" | "orphan";

/** A trial that runs, and who has to do with it. */
interface Scene {
  /** The worker that has it, and the one that waits. */
  readonly running: Command;
  readonly idle: Command;
  readonly driver: Command;
  /** Of the environment of every process here. */
  readonly mark: string;
  /** When each attempt began. */
  starts(): readonly number[];
}

interface Finding {
  readonly holds: boolean;
  readonly found: string;
}

const CHECKS: Readonly<Record<Kind, (scene: Scene) => Promise<Finding>>> = { killed, busy, willing, orphan };

async function killed({ running, driver, starts }: Scene): Promise<Finding> {
  const at = Date.now();
  running.kill("SIGKILL");
  const seconds = ((await second(starts, 90)) - at) / 1000;
  await driver.ended;
  const said = driver.printed.split("\n").find((line) => line.includes("queued again"));
  const holds = seconds < 45 && said !== undefined;
  return {
    holds,
    found: `begun elsewhere after ${seconds.toFixed(1)} s; the driver said: ${said?.trim() ?? "nothing"}`,
  };
}

async function busy({ driver, starts }: Scene): Promise<Finding> {
  await driver.ended;
  const { length } = starts();
  return { holds: length === 1 && driver.code === 0, found: `70 s without a pause: begun ${length} time(s)` };
}

async function willing({ running, idle, starts }: Scene): Promise<Finding> {
  const at = Date.now();
  running.kill("SIGTERM");
  await idle.says("starts in slot");
  const ms = Date.now() - at;
  const begun = (await second(starts, 30)) - at;
  const found = `another worker has it ${ms} ms after the signal, its child has begun after ${begun} ms`;
  return { holds: ms < 1000, found };
}

async function orphan({ running, idle, driver, mark }: Scene): Promise<Finding> {
  const before = leftOver(mark).length;
  for (const each of [running, idle, driver]) each.kill("SIGKILL");
  await sleep(2000);
  const left = leftOver(mark);
  const found = [`of ${before} processes ${left.length} left after 2 s`, ...left].join("\n  ");
  return { holds: before > 3 && left.length === 0, found };
}

/** When the second attempt began; infinitely late where it does not. */
async function second(starts: () => readonly number[], limitSeconds: number): Promise<number> {
  const until = Date.now() + limitSeconds * 1000;
  while (Date.now() < until) {
    const at = starts()[1];
    if (at !== undefined) return at;
    await sleep(10);
  }
  return Number.POSITIVE_INFINITY;
}

async function check(kind: Kind): Promise<Finding> {
  const folder = temporaryFolder("faults");
  const redis = await startRedis();
  const mark = `PARZEN_FAULTS_${redis.port}`;
  const log = join(folder, "starts.log");
  const env = { ...process.env, [mark]: "1", FAULTS_KIND: kind, FAULTS_LOG: log };
  const commands: Command[] = [];
  const begin = (...args: readonly string[]): Command => {
    const command = start([...args, "--store", redis.url], env);
    commands.push(command);
    return command;
  };
  const worker = (name: string): Command => begin("worker", SWEEP, "--slots", "1", "--spool", join(folder, name));
  const starts = (): readonly number[] => startsIn(log);
  try {
    const running = worker("one");
    const driver = begin("run", SWEEP);
    while (starts().length === 0) {
      for (const command of commands) command.check();
      await sleep(20);
    }
    const idle = worker("two");
    await idle.says(" serves ");
    return await CHECKS[kind]({ running, idle, driver, mark, starts });
  } finally {
    await Promise.all(commands.map((command) => command.end()));
    await redis.stop();
  }
}

/** When each attempt began, by what the objective wrote down. */
function startsIn(log: string): readonly number[] {
  try {
    return readFileSync(log, "utf8").trim().split("\n").map(Number.parseFloat);
  } catch {
    return []; // nothing has begun
  }
}

const KINDS = Object.keys(CHECKS) as Kind[]; // of an object that has these keys
const values = commandLine(
  "npx tsx bench/faults/main.ts",
  { check: { type: "string", multiple: true, default: KINDS } },
  { check: KINDS },
);
const kinds = KINDS.filter((kind) => values.check.includes(kind));

await work(async () => {
  checkRedis();
  console.log(dayAndMachine());
  let isGood = true;
  for (const kind of kinds) {
    const { holds, found } = await check(kind);
    isGood &&= holds;
    console.log(`${holds ? "holds" : "FAILS"}  ${kind}: ${found}`);
  }
  process.exit(isGood ? 0 : 1);
});
