import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { entryPath } from "./entry.ts";
import type { ProcessTree } from "./process-tree.ts";
import type { ReaperOrder } from "./reaper-order.ts";

/** How long a closed reaper has to leave; it has nothing more to do. */
const LEAVE_MS = 2000;

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
      const watcher = await launch();
      watcher.once("exit", () => this.#replace());
      for (const clear of this.#directories) order(watcher, { clear });
      for (const tree of this.#trees.values()) order(watcher, { watch: tree });
      return watcher;
    } catch (error) {
      this.#watcher = null;
      throw error;
    }
  }

  #replace(): void {
    this.#watcher = null;
    if (this.#isClosed || this.#trees.size === 0) return;
    this.#watcher = this.#start();
    this.#watcher.catch(() => undefined); // the next tree tries again, and hears why it failed
  }
}

/** Starts a watcher and waits until it listens. It does not keep this process alive. */
async function launch(): Promise<ChildProcess> {
  const watcher = spawn(process.execPath, [entryPath("reaper")], {
    detached: true,
    cwd: "/",
    stdio: ["pipe", "pipe", "ignore"],
  });
  watcher.stdin?.on("error", () => undefined); // its exit is what counts
  await new Promise<void>((resolve, reject) => {
    watcher.once("error", reject);
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
