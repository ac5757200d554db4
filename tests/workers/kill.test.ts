import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listProcesses } from "../../src/executor/process/process-table.ts";
import { type RedisStore, redisStore } from "../../src/store/redis/index.ts";
import { loadSweep } from "../../src/sweep/load.ts";
import { addStudy, reserveTrials } from "../executor/bullmq/study.ts";
import { fixture } from "../faults/executor-run.ts";
import { describeRedis } from "../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../redis/server.ts";
import { killAll, trialsOf, until, untilState, Workers } from "./harness.ts";

const SWEEP = fixture("served.mjs");
const PROGRAM = fileURLToPath(new URL("worker-process.mjs", import.meta.url));

describeRedis("a worker that is a process", () => {
  let server: RedisServer;
  let store: RedisStore;
  let workers: Workers;
  let folder: string;
  let version: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    server = await startRedis();
    store = await redisStore(server.url, { warn: () => {} });
    workers = new Workers(store, store.client);
    folder = workers.folder();
    version = (await loadSweep(SWEEP)).version;
  });
  afterEach(async () => {
    await killAll(children);
    await workers.end();
    await store.close();
    await server.stop();
  });

  function start(options: { leaseMs: number; slots: number }, env: NodeJS.ProcessEnv = {}): ChildProcess {
    const about = { url: server.url, sweep: SWEEP, version, graceMs: 60_000, spool: join(folder, "spool") };
    const times = { stalledCheckMs: options.leaseMs / 3, pollMs: 200 };
    const child = spawn(process.execPath, [PROGRAM, JSON.stringify({ ...about, ...times, ...options })], {
      env: { ...process.env, ...env, TEST_FOLDER: folder },
      stdio: ["ignore", "ignore", "inherit"],
    });
    children.push(child);
    return child;
  }

  async function deliver(count: number): Promise<void> {
    const study = await addStudy(store, "s");
    await workers.fleet({ version, requires: [] }, "{parzen}").deliver(study, await reserveTrials(store, "s", count));
  }

  /** `[number, attempt, pid]` of every start. */
  function starts(): readonly (readonly number[])[] {
    const path = join(folder, "starts");
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, "utf8").trim().split("\n");
    return lines.map((line) => line.split(" ").map(Number));
  }

  test("blocks for longer than two locks in its child, and the trial runs once", async () => {
    start({ leaseMs: 3000, slots: 1 }, { TEST_BUSY_MS: "7000" });
    start({ leaseMs: 3000, slots: 1 }, { TEST_BUSY_MS: "7000" });
    await deliver(1);
    await untilState(store, "s", "complete", 1);
    expect(starts()).toHaveLength(1);
    expect((await trialsOf(store, "s"))[0]).toMatchObject({ attempt: 1, lost: 0 });
  });

  test("is killed: its trials run elsewhere, and nothing of it is left", async () => {
    const first = start({ leaseMs: 2000, slots: 2 });
    await deliver(2);
    await until(() => starts().length === 2, "two starts");
    start({ leaseMs: 2000, slots: 2 });
    await until(async () => (await store.workers.list()).length === 2);
    first.kill("SIGKILL");
    await until(() => starts().length === 4, "two more starts");
    writeFileSync(join(folder, "release"), "");
    await untilState(store, "s", "complete", 2);
    for (const trial of await trialsOf(store, "s")) expect(trial).toMatchObject({ attempt: 2, lost: 1 });
    const left = starts()
      .slice(0, 2)
      .map(([, , pid = -1]) => pid);
    const living = async (): Promise<readonly number[]> => (await listProcesses()).map(({ pid }) => pid);
    await until(async () => (await living()).every((pid) => !left.includes(pid)), "no child is left");
    await until(async () => (await store.workers.list()).length === 1, "the registry forgets it");
  });

  test("stands still for longer than its lease: another one runs its trials, and it changes nothing", async () => {
    const first = start({ leaseMs: 1500, slots: 2 });
    await deliver(2);
    await until(() => starts().length === 2, "two starts");
    first.kill("SIGSTOP");
    start({ leaseMs: 1500, slots: 2 });
    await until(() => starts().length === 4, "two more starts");
    first.kill("SIGCONT");
    // It hears that its attempts are over; this objective does not listen and is killed.
    const stale = starts().slice(0, 2);
    await until(async () =>
      (await store.workers.list()).some(({ trials, pid }) => pid === first.pid && trials.length === 2),
    );
    writeFileSync(join(folder, "release"), "");
    await untilState(store, "s", "complete", 2);
    await until(async () => (await store.workers.list()).every(({ trials }) => trials.length === 0), "nothing runs");
    for (const trial of await trialsOf(store, "s"))
      expect(trial).toMatchObject({ state: "complete", attempt: 2, lost: 1 });
    expect(starts()).toHaveLength(4);
    expect(stale.map(([, attempt]) => attempt)).toEqual([1, 1]);
  });

  test("is told to end: its trials run elsewhere as no loss, and it leaves by itself", async () => {
    const first = start({ leaseMs: 60_000, slots: 2 });
    await deliver(2);
    await until(() => starts().length === 2, "two starts");
    start({ leaseMs: 60_000, slots: 2 });
    await until(async () => (await store.workers.list()).length === 2);
    first.kill("SIGTERM");
    // This objective does not listen to its signal; the second one kills.
    await until(async () => (await store.workers.list()).some(({ state }) => state === "draining"));
    first.kill("SIGTERM");
    const [code] = await once(first, "exit");
    expect(code).toBe(0);
    await until(() => starts().length === 4, "two more starts");
    writeFileSync(join(folder, "release"), "");
    await untilState(store, "s", "complete", 2);
    for (const trial of await trialsOf(store, "s")) expect(trial).toMatchObject({ attempt: 2, lost: 0 });
    expect(await store.workers.list()).toHaveLength(1);
  });
});
