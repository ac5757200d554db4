import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithUs } from "../cleanup.ts";

/** How long a killed actor stays away. */
const AWAY_MS = 1_000;

/** A process that is killed at any moment and started again: a worker, the driver, the Redis server. */
export class Actor {
  readonly name: string;
  kills = 0;
  readonly #command: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  readonly #output: WriteStream;
  #child: ChildProcess;
  #isOver = false;

  constructor(
    name: string,
    command: readonly string[],
    place: { readonly folder: string; readonly env: NodeJS.ProcessEnv },
  ) {
    this.name = name;
    this.#command = command;
    this.#env = place.env;
    this.#output = createWriteStream(join(place.folder, `${name}.log`));
    this.#child = this.#start();
  }

  /** Whether it ended by itself, and with which code. */
  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  /** Everything so far, of both streams. */
  printed(): string {
    return readFileSync(this.#output.path, "utf8");
  }

  /** kill -9, and a new start a second later. */
  async strike(): Promise<void> {
    if (this.#isOver || this.exitCode !== null) return;
    this.kills++;
    await this.#kill("SIGKILL");
    await sleep(AWAY_MS);
    if (!this.#isOver) this.#child = this.#start();
  }

  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    this.#isOver = true;
    await this.#kill(signal);
  }

  /** Resolves with the exit code of an end that no strike made. */
  async finished(): Promise<number | null> {
    for (;;) {
      const child = this.#child;
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      if (child.signalCode !== "SIGKILL") return child.exitCode;
      while (child === this.#child) await sleep(50);
    }
  }

  async #kill(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  #start(): ChildProcess {
    const [program = "", ...args] = this.#command;
    const child = spawn(program, args, { env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
    endWithUs(child);
    child.stdout.pipe(this.#output, { end: false });
    child.stderr.pipe(this.#output, { end: false });
    return child;
  }
}
