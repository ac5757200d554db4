import { randomUUID } from "node:crypto";
import { Answers } from "./answers.ts";
import { type Delivery, HeldJobs } from "./held-jobs.ts";
import { Prospects } from "./prospects.ts";
import { hearHints, type QueueClient } from "./queue-client.ts";
import { workChannel } from "./queue-name.ts";
import { LONGEST_ROW, readJob } from "./trial-job.ts";
import { type LockedJob, WorkerQueue } from "./worker-queue.ts";

/** What a worker takes trials from. Times are in milliseconds. */
export interface ConsumerOptions {
  /** Shared with who gives it, who closes it too. One more connection, for hints, is the consumer's own. */
  readonly client: QueueClient;
  /** Prefix of the deployment's keys with its hash tag, as the store has it: `{parzen}`. */
  readonly prefix: string;
  /** Names of the queues that this worker can serve; see `queueName`. */
  readonly queues: readonly string[];
  /** Shown beside a job by tools that look into queues. */
  readonly worker: string;
  /** How long a job is this worker's without an extension. */
  readonly lockMs: number;
  readonly stalledCheckMs: number;
  /** An idle worker looks by itself after this time, or up to 2.5 times as long. Default 2000. */
  readonly pollMs?: number;
  readonly listener: ConsumerListener;
}

export interface ConsumerListener {
  /** A job was removed unread: what is wrong with it. */
  refused(problem: string): void;
  /** A command of the queue failed. It comes back by itself, or by another worker. */
  failed(error: unknown): void;
}

const POLL_MS = 2000;

/**
 * Takes trials from several queues in turn, by hand: a worker with free slots asks, one round trip for each queue. An
 * idle one is woken by a hint. Of a job with more trials than there are slots free the others are put back at once.
 *
 * Nothing here fences: a lost lock means that the same trial may be handed to another worker, and the store refuses it.
 */
export class Consumer {
  readonly #options: ConsumerOptions;
  readonly #queues: readonly WorkerQueue[];
  readonly #held = new HeldJobs();
  readonly #answers = new Answers();
  readonly #prospects: Prospects;
  readonly #endHints: () => void;
  readonly #stalledCheck: NodeJS.Timeout;
  /** Who asked for a trial, by order of asking. */
  readonly #line: ((delivery: Delivery | null) => void)[] = [];
  readonly #looks = new Set<Promise<void>>();
  #turn = 0;
  #isStopped = false;

  constructor(options: ConsumerOptions) {
    const { client, prefix, queues, stalledCheckMs, pollMs = POLL_MS } = options;
    this.#options = options;
    this.#queues = [...new Set(queues)].map((name) => new WorkerQueue(name, options));
    this.#prospects = new Prospects(pollMs, () => this.#lookAround());
    this.#endHints = hearHints(
      client,
      this.#queues.map(({ name }) => workChannel(prefix, name)),
      (jobs) => this.#prospects.hint(jobs),
    );
    this.#stalledCheck = setInterval(() => void this.#returnStalled(), stalledCheckMs);
  }

  /** The next trial, as soon as there is one; null once the consumer takes nothing more. */
  take(): Promise<Delivery | null> {
    if (this.#isStopped) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#line.push(resolve);
      this.#lookAround();
    });
  }

  /**
   * Removes a trial from its queue: the store has what came of it.
   *
   * @param andTakeNext for who would take the next one at once
   * @returns that, where the same step could bring it; null says nothing about whether there is one
   */
  async finish(delivery: Delivery, { andTakeNext }: { readonly andTakeNext: boolean }): Promise<Delivery | null> {
    const released = this.#held.release([delivery]);
    if (released === null || !released.isOver) return null;
    // With several queues the next one is that of another.
    const wantsNext = andTakeNext && this.#queues.length === 1 && !this.#isStopped;
    try {
      return await this.#finish(released, wantsNext);
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  /** Gives trials that came with one job back to their queue, as the next to be taken by whoever comes first. */
  async giveBack(...deliveries: readonly Delivery[]): Promise<void> {
    const released = this.#held.release(deliveries);
    if (released === null) return;
    const { queue, locked, isWhole, isOver } = released;
    const { client, prefix } = this.#options;
    try {
      if (isWhole) await this.#answers.of(queue.giveBack(locked));
      else await this.#answers.of(queue.putBack(deliveries.map(({ job }) => job)));
      if (isOver && !isWhole) await this.#answers.of(queue.finish(locked, false));
      await this.#answers.of(client.publish(workChannel(prefix, queue.name), ""));
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Keeps everything that was taken; to be called several times within a lock's time. */
  async extend(): Promise<void> {
    await Promise.all(
      this.#queues.map((queue) =>
        queue.extend(this.#held.lockedIn(queue)).catch((error: unknown) => this.#failed(error)),
      ),
    );
  }

  /** Takes nothing more. What was taken stays. */
  stop(): void {
    this.#isStopped = true;
    this.#prospects.stop();
    for (const leave of this.#line.splice(0)) leave(null);
    this.#answers.end();
  }

  /** Gives back what is still held, and ends. */
  async close(): Promise<void> {
    this.stop();
    clearInterval(this.#stalledCheck);
    await Promise.all(this.#looks);
    await Promise.all(this.#held.deliveries.map((delivery) => this.giveBack(delivery)));
    await Promise.all(this.#queues.map((queue) => this.#answers.of(queue.close()).catch(() => undefined)));
    this.#endHints();
  }

  /** As many looks as promise something, for as many as could serve all who ask; when nothing does, one after a while. */
  #lookAround(): void {
    while (this.#prospects.arePromising && this.#looks.size * LONGEST_ROW < this.#line.length) {
      const look = this.#lookOnce().finally(() => {
        this.#looks.delete(look);
        this.#lookAround();
      });
      this.#looks.add(look);
    }
    if (this.#line.length > 0 && this.#looks.size === 0 && !this.#isStopped) this.#prospects.idle();
  }

  async #lookOnce(): Promise<void> {
    const learn = this.#prospects.begin();
    const found = await this.#answers.of(this.#look()).catch((error: unknown) => this.#failed(error));
    learn(found !== null);
    if (found !== null) await this.#handOut(found);
  }

  /** Asks each queue once, beginning after the one that gave something last. */
  async #look(): Promise<readonly Delivery[] | null> {
    for (let looked = 0; looked < this.#queues.length; looked++) {
      const queue = this.#queues[this.#turn % this.#queues.length];
      this.#turn++;
      if (queue === undefined || this.#isStopped) return null;
      const found = await this.#read(queue, await queue.take(randomUUID()));
      if (found !== null) return found;
    }
    return null;
  }

  /** What a job brings. One that says nothing sensible is removed, and the next one is looked at. */
  async #read(queue: WorkerQueue, first: LockedJob | null): Promise<readonly Delivery[] | null> {
    let locked = first;
    while (locked !== null) {
      const read = readJob(locked.text);
      if (read.ok) return this.#held.hold(queue, locked, read.jobs);
      this.#options.listener.refused(`job ${shown(locked.id)} of queue ${queue.name}: ${read.problem}`);
      locked = await queue.finish(locked, true);
    }
    return null;
  }

  async #finish(
    { queue, locked }: { readonly queue: WorkerQueue; readonly locked: LockedJob },
    andTakeNext: boolean,
  ): Promise<Delivery | null> {
    const learn = this.#prospects.follow();
    const found = await this.#answers.of(this.#finished(queue, locked, andTakeNext));
    if (andTakeNext) learn(found !== null);
    if (found === null) return null;
    const [next = null, ...others] = found;
    void this.#handOut(others);
    return next;
  }

  async #finished(queue: WorkerQueue, locked: LockedJob, andTakeNext: boolean): Promise<readonly Delivery[] | null> {
    return this.#read(queue, await queue.finish(locked, andTakeNext));
  }

  /** To those who asked, in their order; what nobody asked for goes back. */
  async #handOut(deliveries: readonly Delivery[]): Promise<void> {
    const spare = deliveries.filter((delivery) => {
      const next = this.#line.shift();
      next?.(delivery);
      return next === undefined;
    });
    await this.giveBack(...spare);
  }

  async #returnStalled(): Promise<void> {
    for (const queue of this.#queues) {
      try {
        this.#prospects.hint(await queue.returnStalled());
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  #failed(error: unknown): null {
    if (!isLostLock(error)) this.#options.listener.failed(error);
    return null;
  }
}

/** What BullMQ says of a job whose lock went to another worker, or which is gone: the store knows whose its trial is. */
function isLostLock(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "number" && error.code < 0;
}

/** An id that somebody chose, as a log may show it. */
function shown(id: string): string {
  return JSON.stringify(id.length > 80 ? `${id.slice(0, 77)}...` : id);
}
