import { hostname } from "node:os";
import { Consumer } from "../src/executor/bullmq/consumer.ts";
import { STALLED_CHECK_MS, type WorkerOptions } from "./options.ts";
import type { ServedObjectives } from "./served-objectives.ts";
import { Slots, type SlotsHost } from "./slots.ts";
import type { TrialRunner } from "./trial-runner.ts";

export interface ServingParts {
  readonly options: Pick<WorkerOptions, "client" | "prefix" | "slots" | "maxTrials" | "pollMs" | "stalledCheckMs">;
  readonly leaseMs: number;
  readonly served: ServedObjectives;
  readonly runner: TrialRunner;
  readonly host: SlotsHost;
  /** A job was removed unread: what is wrong with it. */
  refused(problem: string): void;
}

/** What a worker does once it is announced: its slots take trials from the queues, and what they took is kept theirs. */
export class Serving {
  readonly #runner: TrialRunner;
  readonly #consumer: Consumer;
  readonly #slots: Slots;
  readonly #beats: NodeJS.Timeout;
  #isBeating = false;

  constructor({ options, leaseMs, served, runner, host, refused }: ServingParts) {
    const { client, prefix, slots: count, maxTrials = null, pollMs, stalledCheckMs = STALLED_CHECK_MS } = options;
    const worker = `${hostname()}:${process.pid}`;
    const listener = { refused, failed: (error: unknown) => host.failed(error) };
    const times = { lockMs: leaseMs, stalledCheckMs, ...(pollMs === undefined ? {} : { pollMs }) };
    this.#runner = runner;
    this.#consumer = new Consumer({ client, prefix, queues: served.queues, worker, listener, ...times });
    this.#slots = new Slots({ count, maxTrials, leaseMs, consumer: this.#consumer, runner, served, host });
    this.#beats = setInterval(() => void this.#beat(), leaseMs / 3);
  }

  get isIdle(): boolean {
    return this.#slots.isIdle;
  }

  /** @returns by slot, what resolves once it takes nothing more */
  start(): readonly Promise<void>[] {
    return this.#slots.start();
  }

  /** Takes no more trials. */
  stop(): void {
    this.#consumer.stop();
  }

  /** Gives back what is still held, and ends. */
  async close(): Promise<void> {
    clearInterval(this.#beats);
    this.#slots.close();
    await this.#consumer.close();
  }

  async #beat(): Promise<void> {
    if (this.#isBeating) return;
    this.#isBeating = true;
    await Promise.all([this.#runner.renew(), this.#consumer.extend()]);
    this.#isBeating = false;
  }
}
