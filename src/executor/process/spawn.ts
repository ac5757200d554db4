import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import type { Output } from "../output.ts";
import { startOf } from "./process-start.ts";
import { killTree, MARKER, markerValue, newTreeId, type ProcessTree, signalProcess } from "./process-tree.ts";
import type { Reaper } from "./reaper.ts";

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether descriptor 3 is a channel to this process. */
  readonly hasChannel: boolean;
}

/** How a process ended, or that it never began. */
export type Exit =
  | { readonly kind: "exited"; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: "unstarted"; readonly error: StartError };

export interface StartError extends NodeJS.ErrnoException {
  /** The watcher of the tree could not be started, so nothing else was tried. */
  readonly isUnwatched?: boolean;
}

/** How long output may lag behind the end of the process that wrote it. */
const LAG_MS = 1000;

/**
 * Starts a program as the root of its own session and process group, with its tree under watch before it runs.
 *
 * @returns its handle, also where it could not be started: then `ended` says so
 */
export async function startTree(program: Program, reaper: Reaper): Promise<TreeProcess> {
  const id = newTreeId();
  try {
    await reaper.watch({ id, pid: null, started: "" });
  } catch (error) {
    reaper.forget(id);
    return new TreeProcess(id, Object.assign(asSystemError(error), { isUnwatched: true }), reaper);
  }
  try {
    return new TreeProcess(id, spawn(program.file, program.args, spawnOptions(program, id)), reaper);
  } catch (error) {
    reaper.forget(id);
    return new TreeProcess(id, asSystemError(error), reaper);
  }
}

/** A started program and everything that it may start. */
export class TreeProcess {
  /** Null where it could not be started. */
  readonly child: ChildProcess | null;
  /** Resolves when its root is gone; never rejects. */
  readonly ended: Promise<Exit>;
  /** Where its output goes now; null throws it away. */
  output: Output | null = null;

  readonly #tree: ProcessTree;
  readonly #reaper: Reaper;
  #closed: Promise<void> = Promise.resolve();
  #isGone = false;

  constructor(id: string, started: ChildProcess | StartError, reaper: Reaper) {
    this.#reaper = reaper;
    this.child = started instanceof Error ? null : started;
    const pid = this.child?.pid ?? null;
    this.#tree = { id, pid, started: pid === null ? "" : (startOf(pid) ?? "") };
    this.ended =
      started instanceof Error ? Promise.resolve({ kind: "unstarted", error: started }) : this.#follow(started);
  }

  /** Sends a signal to the group, which the program may heed or not. None where it is gone: its pid may be another's. */
  signal(signal: NodeJS.Signals): void {
    if (this.#tree.pid !== null && !this.#isGone) signalProcess(-this.#tree.pid, signal);
  }

  /** Kills the tree and waits until it is gone and its output has been read. */
  async destroy(): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = await killTree(this.#tree);
    // What could not be killed stays under watch for as long as this process lives.
    if (!this.#isGone) return;
    this.#reaper.forget(this.#tree.id);
    await this.ended;
    await Promise.race([this.#closed, later(LAG_MS)]);
  }

  #follow(child: ChildProcess): Promise<Exit> {
    child.stdout?.on("data", (bytes: Buffer) => this.output?.push("stdout", bytes));
    child.stderr?.on("data", (bytes: Buffer) => this.output?.push("stderr", bytes));
    // The watch was promised before the start; this only adds the pid.
    if (child.pid !== undefined) this.#reaper.watch(this.#tree).catch(() => undefined);
    this.#closed = new Promise((resolve) => child.once("close", () => resolve()));
    return new Promise((resolve) => {
      child.once("error", (error) => {
        if (child.pid === undefined) resolve({ kind: "unstarted", error: asSystemError(error) });
      });
      child.once("exit", (code, signal) => resolve({ kind: "exited", code, signal }));
    });
  }
}

function spawnOptions({ cwd, env, hasChannel }: Program, id: string): SpawnOptions {
  return {
    cwd,
    env: { ...env, [MARKER]: markerValue(id, process.env[MARKER]) },
    detached: true,
    windowsHide: true,
    stdio: ["ignore", "pipe", "pipe", ...(hasChannel ? (["pipe"] as const) : [])],
  };
}

function asSystemError(error: unknown): StartError {
  return error instanceof Error ? error : new Error(String(error));
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
