import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { entryPath } from "./entry.ts";
import type { ProcessTree } from "./process-tree.ts";
import type { ReaperOrder } from "./reaper-order.ts";

/** How long a closed reaper has to leave; it has nothing more to do. */
const LEAVE_MS = 2000;

/** Between two attempts to replace a watcher that died, where the machine can start no process. */
const RETRY_MS = 1000;

/**
 * This process's side of the watcher that kills what is left of the trees when this process dies, even by kill -9.
 * There is one for each executor, started with its first tree and again if it should ever die.
 */
export class Reaper {
  readonly #trees = new Map<string, ProcessTree>();
  readonly #directories: string[] = [];
  #watcher: Promise<ChildProcess> | null = null;
  #isClosed = false;

  /**
   * Tells of a tree, before its first process starts and again once its pid is known. When this resolves the tree can
   * no longer outlive this process.
   *
   * @throws the system's error where no watcher can be started
   */
  async watch(tree: ProcessTree): Promise<void> {
    this.#trees.set(tree.id, tree);
    this.#watcher ??= this.#start();
    order(await this.#watcher, { watch: tree });
  }

  /** A tree is gone. */
  forget(id: string): void {
    if (!this.#trees.delete(id)) return;
    void this.#watcher?.then((watcher) => order(watcher, { forget: id })).catch(() => undefined);
  }

  /** Has a directory removed when this process is no longer there to do so. */
  clear(directory: string): void {
    this.#directories.push(directory);
    void this.#watcher?.then((watcher) => order(watcher, { clear: directory })).catch(() => undefined);
  }

  /** Lets the watcher go, which kills what is still watched. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const watcher = await this.#watcher?.catch(() => null);
    if (!watcher || watcher.exitCode !== null || watcher.signalCode !== null) return;
    watcher.ref();
    const left = once(watcher, "exit");
    watcher.stdin?.end();
    const limit = setTimeout(() => watcher.kill("SIGKILL"), this.#trees.size > 0 ? 6 * LEAVE_MS : LEAVE_MS);
    await left;
    clearTimeout(limit);
  }

  async #start(): Promise<ChildProcess> {
    try {
      const watcher = await launch(this.#orders());
      watcher.once("exit", () => this.#replace());
      return watcher;
    } catch (error) {
      this.#watcher = null;
      throw error;
    }
  }

  /** All that a new watcher has to know. */
  #orders(): readonly ReaperOrder[] {
    return [...this.#directories.map((clear) => ({ clear })), ...[...this.#trees.values()].map((watch) => ({ watch }))];
  }

  #replace(): void {
    this.#watcher = null;
    if (this.#isClosed || this.#trees.size === 0) return;
    this.#watcher = this.#start();
    // A tree that starts meanwhile tries as well, and hears why it failed.
    this.#watcher.catch(() => setTimeout(() => this.#watcher ?? this.#replace(), RETRY_MS).unref());
  }
}

/**
 * Starts a watcher and waits until it listens. It does not keep this process alive. Its orders are in its input before
 * it listens: if this process is killed meanwhile, it finds them there.
 */
async function launch(orders: readonly ReaperOrder[]): Promise<ChildProcess> {
  const watcher = spawn(process.execPath, [entryPath("reaper")], {
    detached: true,
    cwd: "/",
    stdio: ["pipe", "pipe", "ignore"],
  });
  watcher.stdin?.on("error", () => undefined); // its exit is what counts
  for (const each of orders) order(watcher, each);
  await new Promise<void>((resolve, reject) => {
    watcher.on("error", reject); // for good: one that comes later is no more than its exit
    watcher.once("exit", (code) => reject(new Error(`the watcher of process trees exited with code ${code}`)));
    watcher.stdout?.once("data", () => resolve());
  });
  watcher.removeAllListeners("exit");
  watcher.stdout?.destroy();
  watcher.unref();
  return watcher;
}

function order(watcher: ChildProcess, line: ReaperOrder): void {
  watcher.stdin?.write(`${JSON.stringify(line)}\n`);
}
