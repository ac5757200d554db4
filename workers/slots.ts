import { setTimeout as sleep } from "node:timers/promises";
import type { Consumer } from "../src/executor/bullmq/consumer.ts";
import type { Delivery } from "../src/executor/bullmq/held-jobs.ts";
import type { Fleet } from "../src/executor/fleet.ts";
import type { Fate } from "./fate.ts";
import { ParkedTrials } from "./parked.ts";
import type { ServedObjectives } from "./served-objectives.ts";
import type { TrialRunner } from "./trial-runner.ts";

/** How long a slot waits for the queue to take a trial back. */
const DELIVER_MS = 2000;

export interface SlotsOptions {
  readonly count: number;
  /** Nothing is begun after so many trials; null is no limit. */
  readonly maxTrials: number | null;
  readonly leaseMs: number;
  readonly consumer: Consumer;
  readonly runner: TrialRunner;
  readonly served: ServedObjectives;
  readonly host: SlotsHost;
}

/** What slots need of their worker. */
export interface SlotsHost {
  /** Whether the worker takes trials at all. */
  isOpen(): boolean;
  /** A slot took a trial, began it or is free again. */
  changed(): void;
  /** All of `maxTrials` were begun, and one of them has ended. */
  spent(): void;
  /** The queue is away. */
  failed(error: unknown): void;
}

/** A look at a trial that came to its end. */
interface Ended {
  readonly fate: Fate;
  readonly fleet: Fleet;
  /** Where its job was finished right behind its commit, in the same go. */
  readonly finishing: Promise<Delivery | null> | null;
}

/** The slots of a worker. Each takes a trial from the queues, has it run, and says to the queue what became of it. */
export class Slots {
  readonly #options: SlotsOptions;
  readonly #parked: ParkedTrials;
  #busy = 0;
  /** Trials that were begun, or are about to be. */
  #promised = 0;
  #begun = 0;

  constructor(options: SlotsOptions) {
    this.#options = options;
    this.#parked = new ParkedTrials(options.leaseMs);
  }

  get isIdle(): boolean {
    return this.#busy === 0;
  }

  /** @returns by slot, what resolves once it takes nothing more */
  start(): readonly Promise<void>[] {
    return Array.from({ length: this.#options.count }, (_, slot) => this.#serve(slot));
  }

  /** Gives nothing back any more that waited for another look. */
  close(): void {
    this.#parked.close();
  }

  /** One slot: a trial after the other. */
  async #serve(slot: number): Promise<void> {
    const { consumer } = this.#options;
    for (let delivery = await consumer.take(); delivery !== null; ) {
      if (!this.#mayBegin) return consumer.giveBack(delivery);
      const next = await this.#handle(delivery, slot);
      delivery = next ?? (await consumer.take());
    }
  }

  get #mayBegin(): boolean {
    const { maxTrials, host } = this.#options;
    return host.isOpen() && (maxTrials === null || this.#promised < maxTrials);
  }

  /** @returns the next trial, where it came with the end of this one */
  async #handle(delivery: Delivery, slot: number): Promise<Delivery | null> {
    const { host } = this.#options;
    this.#promised++;
    this.#busy++;
    host.changed();
    try {
      return await this.#settle(delivery, await this.#run(delivery, slot));
    } finally {
      this.#busy--;
      host.changed();
    }
  }

  async #run(delivery: Delivery, slot: number): Promise<Ended> {
    const { served, runner, maxTrials, host } = this.#options;
    let hasBegun = false;
    const began = (): void => {
      hasBegun = true;
      this.#begun++;
      host.changed();
    };
    let finishing: Promise<Delivery | null> | null = null;
    const sent = (): void => {
      finishing = this.#finish(delivery);
    };
    const { fleet, ...place } = served.of(delivery.queue);
    const fate = await runner.run(delivery.job, { slot, began, sent, ...place });
    if (!hasBegun) this.#promised--;
    if (this.#begun === maxTrials) host.spent(); // not #promised: what a slot is about to begin may be somebody else's
    return { fate, fleet, finishing };
  }

  async #settle(delivery: Delivery, { fate, fleet, finishing }: Ended): Promise<Delivery | null> {
    const { consumer } = this.#options;
    if (fate.kind === "again") await this.#deliverAgain(fleet, fate);
    if (finishing !== null) return finishing;
    if (fate.kind === "back") await consumer.giveBack(delivery);
    if (fate.kind === "later") this.#parked.park(delivery, (parked) => consumer.giveBack(parked));
    if (fate.kind === "back" || fate.kind === "later") return null;
    return this.#finish(delivery);
  }

  #finish(delivery: Delivery): Promise<Delivery | null> {
    return this.#options.consumer.finish(delivery, { andTakeNext: this.#mayBegin });
  }

  /** What does not arrive is delivered by the study's driver. */
  async #deliverAgain(fleet: Fleet, { study, trial }: Fate & { kind: "again" }): Promise<void> {
    const { host } = this.#options;
    const delivered = fleet.deliver(study, [trial]).catch((error: unknown) => host.failed(error));
    await Promise.race([delivered, sleep(DELIVER_MS, null, { ref: false })]);
  }
}
