import { Answers } from "./answers.ts";
import type { Delivery, Released } from "./held-jobs.ts";
import { Prospects } from "./prospects.ts";
import { hearHints, type QueueClient } from "./queue-client.ts";
import { workChannel } from "./queue-name.ts";
import { LONGEST_ROW } from "./trial-job.ts";
import { WorkerQueues } from "./worker-queues.ts";

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
 * Takes trials from several queues by hand: a worker with free slots asks, one round trip for each queue. An idle one is
 * woken by a hint. Of a job with more trials than there are slots free the others are put back at once.
 *
 * Nothing here fences: a lost lock means that the same trial may be handed to another worker, and the store refuses it.
 */
export class Consumer {
  readonly #options: ConsumerOptions;
  readonly #queues: WorkerQueues;
  readonly #answers = new Answers();
  readonly #prospects: Prospects;
  readonly #endHints: () => void;
  readonly #stalledCheck: NodeJS.Timeout;
  /** Who asked for a trial, by order of asking. */
  readonly #line: ((delivery: Delivery | null) => void)[] = [];
  readonly #looks = new Set<Promise<void>>();
  #isStopped = false;

  constructor(options: ConsumerOptions) {
    const { client, prefix, queues, listener, stalledCheckMs, pollMs = POLL_MS } = options;
    this.#options = options;
    this.#queues = new WorkerQueues(queues, options, (problem) => listener.refused(problem));
    this.#prospects = new Prospects(pollMs, () => this.#lookAround());
    const channels = this.#queues.names.map((name) => workChannel(prefix, name));
    this.#endHints = hearHints(client, channels, (jobs) => this.#prospects.hint(jobs));
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
    const released = this.#queues.release([delivery]);
    if (released === null || !released.isOver) return null;
    // With several queues the next one is that of another.
    const wantsNext = andTakeNext && this.#queues.names.length === 1 && !this.#isStopped;
    const [next = null, ...others] = await this.#finish(released, wantsNext);
    void this.#handOut(others);
    return next;
  }

  /** Gives trials that came with one job back to their queue, as the next to be taken by whoever comes first. */
  async giveBack(...deliveries: readonly Delivery[]): Promise<void> {
    const released = this.#queues.release(deliveries);
    if (released === null) return;
    const { client, prefix } = this.#options;
    try {
      await this.#answers.of(this.#queues.giveBack(released, deliveries));
      await this.#answers.of(client.publish(workChannel(prefix, released.queue.name), ""));
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Keeps everything that was taken; to be called several times within a lock's time. */
  extend(): Promise<void> {
    return this.#queues.extend((error) => this.#failed(error));
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
    await Promise.all(this.#queues.deliveries.map((delivery) => this.giveBack(delivery)));
    await this.#answers.of(this.#queues.close());
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
    const found = await this.#answers.of(this.#queues.take()).catch((error: unknown) => this.#failed(error));
    learn(found !== null);
    await this.#handOut(found ?? []);
  }

  /** @returns what came with the end of a job */
  async #finish(released: Released, andTakeNext: boolean): Promise<readonly Delivery[]> {
    const learn = this.#prospects.follow();
    try {
      const found = await this.#answers.of(this.#queues.finish(released, andTakeNext));
      if (andTakeNext) learn(found !== null);
      return found ?? [];
    } catch (error) {
      this.#failed(error);
      return [];
    }
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
    this.#prospects.hint(await this.#queues.returnStalled((error) => this.#failed(error)));
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
