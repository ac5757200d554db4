import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFailed, onTestFinished } from "vitest";
import { openRedisStore } from "../../../src/store/redis/redis.ts";
import type { RedisStore } from "../../../src/store/redis/redis-store.ts";
import type { Snapshot } from "../../../src/store/study-record.ts";
import type { WorkerRecord } from "../../../src/store/worker-record.ts";
import type { Trial } from "../../../src/trial/trial.ts";
import { parzenInOne } from "../one-process.ts";
import { emptyFolder, parzen, type Ran } from "../parzen.ts";
import { type Running, startParzen } from "../running.ts";

/** For tests that wait until a dead process is missed. Others keep the usual times, which no busy machine outlasts. */
export const SHORT: readonly string[] = ["--lock", "2s"];
const SHORT_CHECK = ["--check", "500ms"];

let deployments = 0;

/** One test's part of a server: keys under a prefix of its own, and a folder where its sweeps are. */
export class Deployment {
  readonly folder: string = emptyFolder();
  readonly url: string;
  readonly #store: Promise<RedisStore>;

  constructor(server: string) {
    this.url = `${server}?prefix=test${deployments++}`;
    this.#store = openRedisStore(this.url, { warn: () => {} });
    onTestFinished(async () => (await this.#store).close());
  }

  get store(): Promise<RedisStore> {
    return this.#store;
  }

  /** As `parzen`, in one process with others: where what it does and prints is all that is tested. */
  command(...args: readonly string[]): Promise<Ran> {
    return parzenInOne(args, { cwd: this.folder, env: { PARZEN_STORE: this.url } });
  }

  /** Runs a command to its end, in a process of its own. */
  parzen(...args: readonly string[]): Promise<Ran> {
    return parzen(args, { cwd: this.folder, env: { PARZEN_STORE: this.url } });
  }

  /** Starts a command that goes on. */
  start(...args: readonly string[]): Running {
    const running = startParzen([...args, "--store", this.url], this.folder);
    let told = "";
    running.child.stderr?.on("data", (text: string) => {
      told += text;
    });
    onTestFailed(() => void process.stderr.write(`parzen ${args.join(" ")} had said:\n${told}\n`));
    return running;
  }

  /** Starts a worker and waits until it serves. */
  async worker(sweep: string, ...args: readonly string[]): Promise<Running> {
    const times = args.includes("--lock") ? SHORT_CHECK : [];
    const worker = this.start("worker", sweep, ...args, ...times);
    await worker.until(/ serves \d+ objective/);
    return worker;
  }

  /** What `status` says of the only study. */
  async status(): Promise<string> {
    return (await this.command("status")).stdout;
  }

  async trials(study = "sweep"): Promise<readonly Trial[]> {
    return (await (await this.#store).snapshot(study, 0)).trials;
  }

  /** Waits until a study is as it is to be; it may not have begun. */
  async until(isSo: (snapshot: Snapshot) => boolean, study = "sweep"): Promise<Snapshot> {
    const store = await this.#store;
    for (;;) {
      const snapshot = await store.snapshot(study, 0).catch(() => null);
      if (snapshot !== null && isSo(snapshot)) return snapshot;
      await sleep(50);
    }
  }

  /** Waits until the workers are as they are to be; what they do now they tell from time to time. */
  async untilWorkers(isSo: (workers: readonly WorkerRecord[]) => boolean): Promise<void> {
    const { workers } = await this.#store;
    while (!isSo(await workers.list())) await sleep(50);
  }

  /** Waits until an objective wrote a file. */
  async untilFile(name: string): Promise<void> {
    while (!existsSync(join(this.folder, name))) await sleep(20);
  }

  /** Waits until trials are in these states, by number. */
  untilStates(...states: readonly Trial["state"][]): Promise<Snapshot> {
    return this.until(({ trials }) => statesOf(trials).join() === states.join());
  }
}

export function statesOf(trials: readonly Trial[]): readonly Trial["state"][] {
  return trials.map(({ state }) => state);
}

/** How many trials are in a state. */
export function inState({ trials }: Pick<Snapshot, "trials">, state: Trial["state"]): number {
  return trials.filter((trial) => trial.state === state).length;
}
