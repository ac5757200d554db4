import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it, vi } from "vitest";
import { openStudy } from "../../src/index.ts";
import type { Snapshot } from "../../src/store/study-record.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder, MAIN, outsideEnvironment } from "./parzen.ts";
import { startParzen, writeSweep } from "./running.ts";
import { addStudy, storeIn } from "./small-study.ts";

/** What a test that failed left running. */
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
});

/** A study that another process runs: trials that sleep. */
class Driven {
  readonly folder: string = emptyFolder();
  readonly ended: Promise<void>;
  #hasEnded = false;
  #told = "";

  constructor(seconds: number) {
    const command = `[sh, -c, "sleep ${seconds}; echo loss={x}"]`;
    writeFileSync(join(this.folder, "slow.yaml"), `command: ${command}\nspace: { x: { uniform: [0, 1] } }\n`);
    const options = { cwd: this.folder, env: outsideEnvironment() };
    const child = spawn(process.execPath, [MAIN, "run", "slow.yaml", "-n", "500"], options);
    started.push(child);
    child.stdout.resume();
    child.stderr.on("data", (bytes) => {
      this.#told += String(bytes);
    });
    this.ended = new Promise((resolve) => {
      child.once("exit", () => {
        this.#hasEnded = true;
        resolve();
      });
    });
  }

  parzen(...args: readonly string[]): ReturnType<typeof parzenInOne> {
    return parzenInOne(args, { cwd: this.folder });
  }

  async now(): Promise<Snapshot> {
    const study = await openStudy({ name: "slow", store: storeIn(this.folder) });
    const snapshot = await study.store.snapshot("slow", 0);
    await study.close();
    return snapshot;
  }

  /** Waits for something to be so; fails where the process ends before. */
  async until(what: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
    for (;;) {
      const hadEnded = this.#hasEnded;
      const snapshot = await this.now().catch(() => null); // it may not have begun
      if (snapshot !== null && what(snapshot)) return snapshot;
      if (hadEnded) throw new Error(`the run ended before:\n${this.#told}`);
      await sleep(100);
    }
  }

  /** Waits until nothing runs, and nothing new has come in three times what a trial takes. */
  async untilStill(): Promise<Snapshot> {
    for (let before = -1; ; ) {
      const snapshot = await this.until((each) => !isRunning(each));
      if (snapshot.study.nextNumber === before) return snapshot;
      before = snapshot.study.nextNumber;
      await sleep(1200);
    }
  }
}

const isRunning = ({ trials }: Snapshot): boolean => trials.some(({ state }) => state === "running");

describe.concurrent("while a study runs", () => {
  it("pause lets running trials end, resume goes on, and stop ends the process", async () => {
    const driven = new Driven(0.4);
    await driven.until(({ trials }) => trials.length >= 2);
    expect((await driven.parzen("pause")).stdout).toMatch(/^slow is paused\. .*nothing new is proposed\.\n$/);
    const paused = await driven.untilStill();

    expect(await driven.parzen("resume", "slow")).toMatchObject({ code: 0, stdout: "slow goes on.\n", stderr: "" });
    await driven.until(({ study }) => study.nextNumber > paused.study.nextNumber);
    expect(await driven.parzen("set", "slow", "--max-trials", "400")).toMatchObject({
      stdout: "max-trials: 500 -> 400\n",
      stderr: "",
    });
    const refused = await driven.parzen("delete", "slow", "--yes");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/is being run by process \d+ on .*\nStop it first with: parzen stop slow/);

    const stopped = await driven.parzen("stop");
    expect(stopped.stdout).toMatch(/^slow is stopped\. .*then process \d+ ends\.\n$/);
    expect(stopped.stderr).toBe("Go on with: parzen run slow.yaml -n 400\n");
    await driven.ended;
    const { trials } = await driven.now();
    expect(new Set(trials.map(({ state }) => state))).toEqual(new Set(["complete"]));
  });

  it("a pause with params that wait for its end is a pause, and status says how to end it", async () => {
    const driven = new Driven(0.4);
    await driven.until(isRunning);
    await driven.parzen("pause");
    await driven.until((snapshot) => !isRunning(snapshot));
    const { stdout: number } = await driven.parzen("enqueue", "slow", "x=0.5");
    const { stdout } = await driven.parzen("status");
    expect(stdout).toMatch(/^slow: paused\n.*1 queued.* why +somebody paused it\n +go on +parzen resume slow\n/s);
    await driven.parzen("resume");
    await driven.until(({ trials }) => trials[Number(number)]?.state === "complete");
    await driven.parzen("cancel");
    await driven.ended;
  });

  it("cancel ends one trial, or all that run and the process", async () => {
    const driven = new Driven(60);
    await driven.until(isRunning);
    expect((await driven.parzen("cancel", "slow", "--trial", "0")).stdout).toMatch(/^Trial 0 is told to end/);
    await driven.until(({ trials }) => trials[0]?.state === "cancelled" && trials[1]?.state === "running");
    expect((await driven.parzen("cancel")).stdout).toMatch(/^slow is cancelled: its running trials are ended/);
    await driven.ended;
    expect((await driven.now()).trials.map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
  });
});

describe("while nothing runs a study", () => {
  it("every command says how it goes on", async () => {
    const cwd = emptyFolder();
    await addStudy(cwd);
    const told = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await parzenInOne(args, { cwd });
      expect(code).toBe(0);
      return stdout + stderr;
    };
    expect(await told("pause")).toMatch(/demo is paused.*\nLet it go on with: parzen resume demo\nNo process runs it/);
    expect(await told("status")).toMatch(/^demo: paused\n[\s\S]* go on +parzen resume demo\n/);
    expect(await told("resume")).toMatch(/no process runs it\.\nRun it with: the program that runs it\n$/);
    expect(await told("status")).toMatch(/ go on +the program that runs it\n/);
    expect(await told("stop")).toMatch(/no process was running it\.\nGo on with: the program that runs it\n$/);
    expect(await told("cancel")).toMatch(
      /no process was running it\.\nWhat is finished is kept\. Go on with: the program that runs it\n$/,
    );
    await parzenInOne(["resume"], { cwd });
    await parzenInOne(["enqueue", "demo", "lr=0.1", "layers.0=16", "optimizer.type=adam"], { cwd });
    expect(await told("cancel", "--trial", "6")).toBe("Trial 6 is cancelled.\n");
    await parzenInOne(["set", "demo", "--max-trials", "7"], { cwd });
    expect(await told("resume")).toMatch(
      /it is finished\.\nGive it more with: the program that runs it, with maxTrials above 7\n$/,
    );
    await parzenInOne(["set", "demo", "--max-trials", "8", "--patience", "1"], { cwd });
    expect(await told("status")).toMatch(/ go on +the program that runs it, with another patience\n/);
  });
});

it("a run says that it is paused, resumed and stopped from another process, and so does status", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, "await sleep(50); return x;", "maxTrials: 100000");
  const run = startParzen(["run", "sweep.mjs"], cwd);
  await run.until(/#0 \S+ in/);
  expect((await parzenInOne(["status"], { cwd })).stdout).toMatch(
    /^sweep: running\n[\s\S]*driver +process \d+ on [\s\S]*ETA/,
  );
  await parzenInOne(["pause"], { cwd });
  await run.until(/^paused; go on with: parzen resume sweep$/m);
  const status = async () => (await parzenInOne(["status"], { cwd })).stdout;
  // The trial that was running may end first.
  await vi.waitFor(
    async () => expect(await status()).toMatch(/^sweep: paused\n[\s\S]*why +somebody paused it/),
    50_000,
  );
  await parzenInOne(["resume"], { cwd });
  await run.until(/^resumed$/m);
  await parzenInOne(["stop"], { cwd });
  const { code, stderr } = await run.ended;
  expect(code).toBe(0);
  expect(stderr).toMatch(/^sweep: somebody stopped it \(\d+ complete\) in /m);
  expect((await parzenInOne(["status"], { cwd })).stdout).toMatch(/^sweep: stopped\n/);
});
