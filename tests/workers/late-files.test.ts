import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type RedisStore, redisStore } from "../../src/store/redis/index.ts";
import { loadSweep } from "../../src/sweep/load.ts";
import { addStudy, reserveTrials } from "../executor/bullmq/study.ts";
import { fixture } from "../faults/executor-run.ts";
import { describeRedis } from "../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../redis/server.ts";
import { killAll, until, untilState, Workers } from "./harness.ts";

const SWEEP = fixture("late-writer.mjs");
const PROGRAM = fileURLToPath(new URL("worker-process.mjs", import.meta.url));

/** A worker, and what it has told. */
interface Machine {
  readonly child: ChildProcess;
  told: string;
}

describeRedis("a machine that stood still while its trial ended elsewhere", () => {
  let server: RedisServer;
  let store: RedisStore;
  let workers: Workers;
  let folder: string;
  let version: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    server = await startRedis();
    folder = mkdtempSync(join(tmpdir(), "parzen-late-"));
    store = await redisStore(server.url, { warn: () => {}, artifacts: join(folder, "artifacts") });
    workers = new Workers(store, store.client);
    version = (await loadSweep(SWEEP)).version;
  });
  afterEach(async () => {
    await killAll(children);
    await workers.end();
    await store.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(what: object): Machine {
    const times = { leaseMs: 1500, stalledCheckMs: 500, pollMs: 200 };
    const places = { url: server.url, spool: join(folder, "spool"), artifacts: join(folder, "artifacts") };
    const options = { sweep: SWEEP, version, slots: 1, graceMs: 60_000, ...times, ...places, ...what };
    const child = spawn(process.execPath, [PROGRAM, JSON.stringify(options)], {
      env: { ...process.env, TEST_FOLDER: folder },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const machine = { child, told: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      machine.told += text;
    });
    children.push(child);
    return machine;
  }

  /** What the objective noted under a name: its attempt and its process. */
  function noted(name: string): readonly number[] | null {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, "utf8").trim().split(" ").map(Number) : null;
  }

  test.each([
    ["an objective", {}],
    ["a command", { argv: [process.execPath, SWEEP, "as-program"] }],
  ])("%s of it, which goes on, changes no file of the trial", async (_kind, what) => {
    const first = start(what);
    const study = await addStudy(store, "s");
    await workers.fleet({ version, requires: [] }, "{parzen}").deliver(study, await reserveTrials(store, "s", 1));
    await until(() => noted("starts") !== null, "a start");
    const [, pid = -1] = noted("starts") ?? [];
    first.child.kill("SIGSTOP");
    process.kill(pid, "SIGSTOP");
    start(what);
    await untilState(store, "s", "complete", 1);
    writeFileSync(join(folder, "release"), "");
    process.kill(pid, "SIGCONT");
    await until(() => noted("late") !== null, "a late write");
    first.child.kill("SIGCONT");
    await until(() => first.told.includes('"stale"'), "the first hears of it");

    const trial = await store.findTrial("s", 0);
    expect(trial).toMatchObject({ state: "complete", attempt: 2, losses: [7] });
    const files = store.artifacts.of(study.id, 0, trial.attempt);
    const texts = await Promise.all(
      (await files.list()).map(async (name) => [name, new TextDecoder().decode((await files.read(name)) ?? undefined)]),
    );
    expect(Object.fromEntries(texts)).toEqual({ model: "2", notes: "1" });
    expect(await store.artifacts.list(study.id)).toEqual(["0/model", "0/notes"]);
  });
});
