import { resolve as resolvePath } from "node:path";
import { Duplex } from "node:stream";
import { knownCode } from "../../sweep/code/known-code.ts";
import type { Verdict } from "../../trial/report.ts";
import { messageOf } from "../failure-message.ts";
import { Output } from "../output.ts";
import { outcomeOfDeath, outcomeOfUnstarted } from "../process/death.ts";
import { entryPath } from "../process/entry.ts";
import { countMemoryKills } from "../process/out-of-memory.ts";
import type { Reaper } from "../process/reaper.ts";
import { type Exit, startTree, type TreeProcess } from "../process/spawn.ts";
import { failed, type Result } from "../result.ts";
import { Channel, type ChannelEvents } from "./channel.ts";
import { parseToParent } from "./parse-message.ts";
import { MAX_MESSAGE, type ToChild, type ToParent } from "./protocol.ts";
import { Readiness, type Unfit } from "./readiness.ts";

export interface ModuleChildOptions {
  /** The sweep file. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly heapLimitMb: number | null;
  readonly readyWithinMs: number;
}

export interface Done {
  readonly result: Result;
  /** Resident memory after the trial, in bytes. */
  readonly rss: number;
  /** Whether the child leaves by itself now. */
  readonly isLast: boolean;
}

type RunMessage = Extract<ToChild, { type: "run" }>;
type Told = Extract<ToParent, { type: "report" | "checkpoint" }>;

/**
 * Stores a report, or keeps a checkpoint, and answers with the verdict.
 *
 * @throws ParzenError with code ARTIFACT_REFUSED for a checkpoint that cannot be kept
 */
type Telling = (told: Told) => Promise<Verdict>;

/** How long an idle child has to leave by itself. */
const LEAVE_MS = 2000;

/** Of a sweep of many modules the child finds them itself. */
function loadMessage(file: string): ToChild {
  const message = { v: 1, type: "load", known: knownCode(resolvePath(file)) } as const;
  return JSON.stringify(message).length > MAX_MESSAGE ? { ...message, known: null } : message;
}

/** The child process of a slot: loads a sweep once, then runs one trial after another. */
export class ModuleChild {
  readonly #options: ModuleChildOptions;
  readonly #tree: TreeProcess;
  readonly #memoryKills = countMemoryKills();
  readonly #channel: Channel<ToParent, ToChild> | null;
  readonly #readiness: Readiness;
  /** What its death means, once it is known. */
  #unfit: Unfit | null = null;
  #runs = 0;
  #started = 0;
  #isGone = false;
  #isBusy = false;
  #problem: string | null = null;
  #onTold: (message: Told) => void = () => undefined;
  #onEnded: (ended: Done | Unfit) => void = () => undefined;

  static async start(options: ModuleChildOptions, reaper: Reaper): Promise<ModuleChild> {
    const { heapLimitMb, file, env } = options;
    const flags = heapLimitMb === null ? [] : [`--max-old-space-size=${heapLimitMb}`];
    const args = [...flags, entryPath("child"), file];
    const program = { file: process.execPath, args, cwd: process.cwd(), env, hasChannel: true };
    return new ModuleChild(await startTree(program, reaper), options);
  }

  private constructor(tree: TreeProcess, options: ModuleChildOptions) {
    this.#tree = tree;
    this.#options = options;
    const pipe: unknown = tree.child?.stdio[3];
    this.#channel = pipe instanceof Duplex ? new Channel(pipe, parseToParent, this.#events()) : null;
    const died = tree.ended.then((exit) => this.#judge(exit));
    void died.then((unfit) => {
      this.#unfit = unfit;
      this.#onEnded(unfit);
    });
    this.#readiness = new Readiness(died, options.readyWithinMs);
    this.#send(loadMessage(options.file));
  }

  /** Resolves once: null when it is ready to run trials, else why it never will be. */
  get ready(): Promise<Unfit | null> {
    return this.#readiness.known;
  }

  /** How many trials it was given. */
  get runs(): number {
    return this.#runs;
  }

  /** Whether its newest trial was taken on; if not, its death is not that trial's doing. */
  get hasStarted(): boolean {
    return this.#started === this.#runs;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  get isIdle(): boolean {
    return !this.#isBusy;
  }

  /** From here on its output is that of the trial it is meant for. */
  hear(output: Output): void {
    this.#tree.output = output;
  }

  /**
   * Runs one trial.
   *
   * @returns what the objective came back with, or what its death means
   */
  run(order: Pick<RunMessage, "task" | "directory">, tell: Telling): Promise<Done | Unfit> {
    const run = ++this.#runs;
    this.#isBusy = true;
    this.#onTold = (message) => {
      if (message.run === run) void this.#answer(message, tell);
    };
    if (this.#unfit !== null) return Promise.resolve(this.#unfit);
    // No race with its death: that promise lives as long as the child, and would keep every result until then.
    return new Promise((resolve) => {
      this.#onEnded = resolve;
      this.#send({ v: 1, type: "run", run, ...order });
    });
  }

  stop(reason: Extract<ToChild, { type: "stop" }>["reason"]): void {
    this.#send({ v: 1, type: "stop", run: this.#runs, reason });
  }

  /** Kills it with everything it started; resolves when all is gone. */
  destroy(): Promise<void> {
    return this.#tree.destroy();
  }

  /** Lets an idle child leave by itself, then makes sure. */
  async retire(): Promise<void> {
    this.#tree.output = null;
    void this.#channel?.close();
    let limit: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      limit = setTimeout(resolve, LEAVE_MS);
    });
    await Promise.race([this.#tree.ended, patience]);
    clearTimeout(limit);
    await this.destroy();
  }

  /** What it prints between two trials is nobody's. */
  rest(): void {
    this.#isBusy = false;
    this.#tree.output = null;
    this.#onTold = () => undefined;
    this.#onEnded = () => undefined;
  }

  async #answer(told: Told, tell: Telling): Promise<void> {
    const answer = { v: 1, run: told.run, report: told.report } as const;
    try {
      this.#send({ ...answer, type: "verdict", verdict: await tell(told) });
    } catch (error) {
      this.#send({ ...answer, type: "unkept", message: messageOf(error) });
    }
  }

  #send(message: ToChild): void {
    this.#channel?.send(message);
  }

  #events(): ChannelEvents<ToParent> {
    return {
      message: (message) => this.#take(message),
      broken: (problem) => {
        this.#problem = problem;
        void this.destroy();
      },
      end: () => undefined, // its exit says why
    };
  }

  #take(message: ToParent): void {
    if (message.type === "ready") this.#readiness.ready();
    else if (message.type === "refused") this.#readiness.refused(message.message);
    else if (message.type === "started") this.#started = message.run;
    else if (message.type === "report" || message.type === "checkpoint") this.#onTold(message);
    // What it printed before is in the pipes already: one turn of the loop reads it.
    else if (message.run === this.#runs) setImmediate(() => this.#onEnded(message));
  }

  async #judge(exit: Exit): Promise<Unfit> {
    this.#isGone = true;
    if (exit.kind === "unstarted") return outcomeOfUnstarted(process.execPath, exit.error);
    const { output } = this.#tree;
    await this.destroy();
    if (this.#problem !== null) {
      return failed("crash", `the trial's process broke its channel: ${this.#problem}`);
    }
    const { heapLimitMb } = this.#options;
    const heard = output ?? new Output(() => undefined);
    return outcomeOfDeath({ exit, output: heard, memoryKills: this.#memoryKills, heapLimitMb });
  }
}
