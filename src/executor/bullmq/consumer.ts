import { randomUUID } from "node:crypto";
import { hearHints, type QueueClient } from "./queue-client.ts";
import { workChannel } from "./queue-name.ts";
import { readJob, type TrialJob } from "./trial-job.ts";
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

/** A trial that came over the queue and is this worker's until it is finished or given back. */
export interface Delivery {
  readonly queue: string;
  readonly job: TrialJob;
}

interface Held {
  readonly queue: WorkerQueue;
  readonly locked: LockedJob;
}

const POLL_MS = 2000;

/** How much later than `pollMs` an idle worker may look, so that many of them do not look at once. */
const POLL_SPREAD = 1.5;

/** How long a consumer that takes nothing more waits for Redis, with each command. */
const CLOSE_MS = 2000;

/**
 * Takes trials from several queues in turn, by hand: a worker with free slots asks, one round trip for each queue. An
 * idle one is woken by a hint, which says for how many looks there is something, and looks from time to time as well, so
 * a lost hint costs seconds and nothing else.
 *
 * Nothing here fences: a lost lock means that the same trial may be handed to another worker, and the store refuses it.
 */
export class Consumer {
  readonly #options: ConsumerOptions;
  readonly #queues: readonly WorkerQueue[];
  readonly #held = new Map<Delivery, Held>();
  readonly #endHints: () => void;
  readonly #stalledCheck: NodeJS.Timeout;
  /** Who asked for a trial, by order of asking. */
  readonly #line: ((delivery: Delivery | null) => void)[] = [];
  readonly #looks = new Set<Promise<void>>();
  /** How many looks may find something, by what hints told; a look that found something is worth another. */
  #promising = 1;
  /** Hints that came so far. */
  #hints = 0;
  #poll: NodeJS.Timeout | undefined;
  #turn = 0;
  #isStopped = false;
  /** Ends the waiting for commands that Redis does not answer. */
  readonly #waits = new Set<() => void>();

  constructor(options: ConsumerOptions) {
    const { client, prefix, queues, stalledCheckMs } = options;
    this.#options = options;
    this.#queues = [...new Set(queues)].map((name) => new WorkerQueue(name, options));
    this.#endHints = hearHints(
      client,
      this.#queues.map(({ name }) => workChannel(prefix, name)),
      (jobs) => this.#hint(jobs),
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
    const held = this.#release(delivery);
    if (held === null) return null;
    // With several queues the next one is that of another.
    const wantsNext = andTakeNext && this.#queues.length === 1 && !this.#isStopped;
    try {
      return await this.#answered(this.#finish(held, wantsNext));
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  /** Gives a trial back to its queue, as the next one to be taken by whoever comes first. */
  async giveBack(delivery: Delivery): Promise<void> {
    const held = this.#release(delivery);
    if (held === null) return;
    try {
      await this.#answered(held.queue.giveBack(held.locked));
      await this.#answered(this.#options.client.publish(workChannel(this.#options.prefix, delivery.queue), ""));
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Keeps everything that was taken; to be called several times within a lock's time. */
  async extend(): Promise<void> {
    const held = [...this.#held.values()];
    await Promise.all(
      this.#queues.map((queue) =>
        queue
          .extend(held.filter((one) => one.queue === queue).map(({ locked }) => locked))
          .catch((error: unknown) => this.#failed(error)),
      ),
    );
  }

  /** Takes nothing more. What was taken stays. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#poll);
    for (const leave of this.#line.splice(0)) leave(null);
    for (const giveUp of this.#waits) setTimeout(giveUp, CLOSE_MS).unref();
  }

  /** Gives back what is still held, and ends. */
  async close(): Promise<void> {
    this.stop();
    clearInterval(this.#stalledCheck);
    await Promise.all(this.#looks);
    await Promise.all([...this.#held.keys()].map((delivery) => this.giveBack(delivery)));
    await Promise.all(this.#queues.map((queue) => this.#answered(queue.close()).catch(() => undefined)));
    this.#endHints();
  }

  /** As many looks as promise something, for as many as ask; when nothing does, one after a while. */
  #lookAround(): void {
    while (this.#promising > 0 && this.#looks.size < this.#line.length) {
      this.#promising--;
      const look = this.#lookOnce().finally(() => {
        this.#looks.delete(look);
        this.#lookAround();
      });
      this.#looks.add(look);
    }
    if (this.#line.length > 0 && this.#looks.size === 0) this.#idle();
  }

  async #lookOnce(): Promise<void> {
    const hints = this.#hints;
    const delivery = await this.#answered(this.#look()).catch((error: unknown) => this.#failed(error));
    this.#learn(delivery, hints);
    if (delivery === null) return;
    const next = this.#line.shift();
    if (next !== undefined) next(delivery);
    else await this.giveBack(delivery);
  }

  /** Asks each queue once, beginning after the one that gave something last. */
  async #look(): Promise<Delivery | null> {
    for (let looked = 0; looked < this.#queues.length; looked++) {
      const queue = this.#queues[this.#turn % this.#queues.length];
      this.#turn++;
      if (queue === undefined || this.#isStopped) return null;
      const delivery = await this.#read(queue, await queue.take(randomUUID()));
      if (delivery !== null) return delivery;
    }
    return null;
  }

  /** What a job says. One that says nothing sensible is removed, and the next one is looked at. */
  async #read(queue: WorkerQueue, first: LockedJob | null): Promise<Delivery | null> {
    let locked = first;
    while (locked !== null) {
      const read = readJob(locked.text);
      if (read.ok) {
        const delivery = { queue: queue.name, job: read.job };
        this.#held.set(delivery, { queue, locked });
        return delivery;
      }
      this.#options.listener.refused(`job ${shown(locked.id)} of queue ${queue.name}: ${read.problem}`);
      locked = await queue.finish(locked, true);
    }
    return null;
  }

  async #finish({ queue, locked }: Held, andTakeNext: boolean): Promise<Delivery | null> {
    const hints = this.#hints;
    const next = await this.#read(queue, await queue.finish(locked, andTakeNext));
    if (andTakeNext) this.#learn(next, hints);
    return next;
  }

  /** What a look that began after so many hints says about the next one. */
  #learn(found: Delivery | null, hints: number): void {
    if (found !== null) this.#promising = Math.max(this.#promising, 1);
    // What was promised before it looked is not there any more.
    else if (hints === this.#hints) this.#promising = 0;
  }

  /** What a command gives, or null where Redis does not answer a consumer that takes nothing more. */
  async #answered<T>(command: Promise<T>): Promise<T | null> {
    let giveUp: () => void = () => undefined;
    const silence = new Promise<null>((resolve) => {
      giveUp = () => resolve(null);
    });
    this.#waits.add(giveUp);
    const timer = this.#isStopped ? setTimeout(giveUp, CLOSE_MS) : undefined;
    try {
      return await Promise.race([command, silence]);
    } finally {
      clearTimeout(timer);
      this.#waits.delete(giveUp);
    }
  }

  #release(delivery: Delivery): Held | null {
    const held = this.#held.get(delivery) ?? null;
    this.#held.delete(delivery);
    return held;
  }

  #idle(): void {
    if (this.#isStopped) return;
    const { pollMs = POLL_MS } = this.#options;
    clearTimeout(this.#poll);
    this.#poll = setTimeout(() => this.#hint(1), pollMs * (1 + POLL_SPREAD * Math.random()));
  }

  #hint(jobs: number): void {
    if (jobs === 0) return;
    this.#hints++;
    this.#promising += jobs;
    this.#lookAround();
  }

  async #returnStalled(): Promise<void> {
    for (const queue of this.#queues) {
      try {
        this.#hint(await queue.returnStalled());
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
