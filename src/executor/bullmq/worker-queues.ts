import { randomUUID } from "node:crypto";
import { type Delivery, HeldJobs, type Released } from "./held-jobs.ts";
import { readJob } from "./trial-job.ts";
import { type LockedJob, WorkerQueue, type WorkerQueueOptions } from "./worker-queue.ts";

/**
 * The queues that a worker serves, in turn, and the jobs that it has of them. A job that says nothing sensible is removed,
 * and told.
 */
export class WorkerQueues {
  readonly #queues: readonly WorkerQueue[];
  readonly #held = new HeldJobs();
  readonly #refused: (problem: string) => void;
  #turn = 0;

  constructor(names: readonly string[], options: WorkerQueueOptions, refused: (problem: string) => void) {
    this.#queues = [...new Set(names)].map((name) => new WorkerQueue(name, options));
    this.#refused = refused;
  }

  get names(): readonly string[] {
    return this.#queues.map(({ name }) => name);
  }

  /** The trials that this worker has. */
  get deliveries(): readonly Delivery[] {
    return this.#held.deliveries;
  }

  /** What the next job brings: asks each queue once, beginning after the one that was asked last. */
  async take(): Promise<readonly Delivery[] | null> {
    for (let asked = 0; asked < this.#queues.length; asked++) {
      const queue = this.#queues[this.#turn++ % this.#queues.length];
      const found = queue === undefined ? null : await this.#read(queue, await queue.take(randomUUID()));
      if (found !== null) return found;
    }
    return null;
  }

  /** Takes trials out that came with one job; null where this worker does not have them. */
  release(deliveries: readonly Delivery[]): Released | null {
    return this.#held.release(deliveries);
  }

  /** Removes a job that is over. @returns what the next job of its queue brings, where that is asked for */
  async finish({ queue, locked }: Released, andTakeNext: boolean): Promise<readonly Delivery[] | null> {
    return this.#read(queue, await queue.finish(locked, andTakeNext));
  }

  /** Has trials that were released wait again, as the next ones to be taken. */
  async giveBack({ queue, locked, isOver, isWhole }: Released, deliveries: readonly Delivery[]): Promise<void> {
    if (isWhole) return queue.giveBack(locked);
    await queue.putBack(deliveries.map(({ job }) => job));
    if (isOver) await queue.finish(locked, false);
  }

  /** Keeps everything that was taken. @param failed is told of each queue for which that failed */
  async extend(failed: (error: unknown) => void): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.extend(this.#held.lockedIn(queue)).catch(failed)));
  }

  /** Has jobs whose lock has ended wait again. @returns how many */
  async returnStalled(failed: (error: unknown) => void): Promise<number> {
    let returned = 0;
    for (const queue of this.#queues) {
      returned += await queue.returnStalled().catch((error: unknown) => {
        failed(error);
        return 0;
      });
    }
    return returned;
  }

  async close(): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.close().catch(() => undefined)));
  }

  /** What a job brings, or the one behind it. */
  async #read(queue: WorkerQueue, first: LockedJob | null): Promise<readonly Delivery[] | null> {
    let locked = first;
    while (locked !== null) {
      const read = readJob(locked.text);
      if (read.ok) return this.#held.hold(queue, locked, read.jobs);
      this.#refused(`job ${shown(locked.id)} of queue ${queue.name}: ${read.problem}`);
      locked = await queue.finish(locked, true);
    }
    return null;
  }
}

/** An id that somebody chose, as a log may show it. */
function shown(id: string): string {
  return JSON.stringify(id.length > 80 ? `${id.slice(0, 77)}...` : id);
}
