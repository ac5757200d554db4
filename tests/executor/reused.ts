import { afterAll } from "vitest";
import type { Evaluation, Executor } from "../../src/executor/executor.ts";
import type { MakeExecutor } from "../../src/testing/executor/contract.ts";

/** Executors that take over from one check what the next one that asks for the same starts with, if nothing runs there. */
export function reusing(make: MakeExecutor): MakeExecutor {
  const idle = new Map<string, Executor>();
  afterAll(async () => void (await Promise.all([...idle.values()].map((executor) => executor.close()))));
  return (options) => {
    const key = JSON.stringify(options);
    const executor = idle.get(key) ?? make(options);
    idle.delete(key);
    return new ReusedExecutor(executor, () => void idle.set(key, executor));
  };
}

/** Closed while nothing runs in it, it is given back instead. */
class ReusedExecutor implements Executor {
  readonly slots: number;
  readonly #executor: Executor;
  readonly #giveBack: () => void;
  readonly #running = new Set<Promise<Evaluation>>();
  #isClosed = false;

  constructor(executor: Executor, giveBack: () => void) {
    this.slots = executor.slots;
    this.#executor = executor;
    this.#giveBack = giveBack;
  }

  async evaluate(...[task, watch]: Parameters<Executor["evaluate"]>): Promise<Evaluation> {
    const running = this.#executor.evaluate(task, watch);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  async close(): Promise<void> {
    this.#isClosed ||= this.#running.size > 0;
    if (this.#isClosed) await this.#executor.close();
    else this.#giveBack();
  }
}
