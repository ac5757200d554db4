import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { Consumer } from "../src/executor/bullmq/consumer.ts";
import { Deadline } from "../src/executor/deadline.ts";
import type { Retry } from "../src/study/attempt/store-retry.ts";
import { MachineHealth } from "../src/study/dispatch/machine-health.ts";
import {
  LEASE_MS,
  STALLED_CHECK_MS,
  type Worker,
  type WorkerEnd,
  type WorkerEvent,
  type WorkerOptions,
} from "./options.ts";
import { Outage } from "./outage.ts";
import { type Condition, Presence } from "./presence.ts";
import { recoverOutcomes } from "./recover-outcomes.ts";
import { ServedObjectives } from "./served-objectives.ts";
import { Slots } from "./slots.ts";
import { Spool } from "./spool.ts";
import { TrialRunner } from "./trial-runner.ts";

/**
 * Serves trials from the queues of its objectives until told to end. It is announced first, so that drivers count on it.
 *
 * @throws OPTION_INVALID where none of the objectives can be served, STORE_UNAVAILABLE
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const service = new WorkerService(options);
  await service.begin();
  return service;
}

class WorkerService implements Worker {
  readonly id: string = randomUUID();
  readonly done: Promise<WorkerEnd>;
  readonly #options: WorkerOptions;
  readonly #leaseMs: number;
  readonly #served: ServedObjectives;
  readonly #spool: Spool;
  readonly #runner: TrialRunner;
  readonly #presence: Presence;
  readonly #health = new MachineHealth();
  readonly #left: Promise<void>;
  readonly #outage: Outage;
  #beats: NodeJS.Timeout | undefined;
  #idle: Deadline | undefined;
  #consumer: Consumer | null = null;
  #slots: Slots | null = null;
  #end: WorkerEnd | null = null;
  #isBeating = false;
  #leave: () => void = () => undefined;
  #resolve: (run: Promise<WorkerEnd>) => void = () => undefined;

  constructor(options: WorkerOptions) {
    const { store, spool, leaseMs = LEASE_MS, tags = [] } = options;
    this.#options = options;
    this.#leaseMs = leaseMs;
    this.#outage = new Outage(store.location, (event) => this.#tell(event));
    this.#served = new ServedObjectives({ ...options, tags });
    this.#spool = new Spool(spool);
    const listener = {
      tell: (event: WorkerEvent) => this.#tell(event),
      ended: (fault: string | null) => this.#judge(fault),
      unrenewed: (error: unknown) => this.#outage.met(error),
    };
    this.#runner = new TrialRunner({ store, spool: this.#spool, leaseMs, retry: this.#retry, listener });
    this.#presence = this.#makePresence();
    this.#left = new Promise((resolve) => {
      this.#leave = resolve;
    });
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  async begin(): Promise<void> {
    await this.#presence.begin();
    const { client, prefix, pollMs, stalledCheckMs = STALLED_CHECK_MS } = this.#options;
    const { queues, unserved } = this.#served;
    const listener = {
      refused: (problem: string) => this.#tell({ kind: "refused", problem }),
      failed: (error: unknown) => this.#outage.met(error),
    };
    const times = { lockMs: this.#leaseMs, stalledCheckMs, ...(pollMs === undefined ? {} : { pollMs }) };
    const worker = `${hostname()}:${process.pid}`;
    const consumer = new Consumer({ client, prefix, queues, worker, listener, ...times });
    this.#consumer = consumer;
    this.#beats = setInterval(() => void this.#beat(consumer), this.#leaseMs / 3);
    for (const left of unserved) this.#tell({ kind: "unserved", ...left });
    this.#tell({ kind: "serving", id: this.id, queues });
    this.#rest();
    void recoverOutcomes(this.#spool, this.#options.store, {
      ...this.#retry,
      recovered: ({ study, number }, counted) => this.#tell({ kind: "recovered", study, number, counted }),
      left: ({ study, number, store }) => this.#tell({ kind: "left", study, number, store }),
    });
    this.#resolve(this.#run(consumer));
  }

  drain(): void {
    if (this.#end === null) this.#endWith("drained");
  }

  handBack(): void {
    if (this.#end === "handed-back") {
      void this.#served.kill();
      return;
    }
    this.#endWith("handed-back");
    this.#runner.handBack();
  }

  async #run(consumer: Consumer): Promise<WorkerEnd> {
    this.#slots = this.#makeSlots(consumer);
    const served = this.#slots.start();
    try {
      await Promise.all(served);
      // A sick worker stays, to be looked at.
      if (this.#end === null) await this.#left;
    } catch (error) {
      this.handBack();
      await Promise.allSettled(served);
      throw error;
    } finally {
      await this.#close(consumer);
    }
    const end = this.#end ?? "drained";
    this.#tell({ kind: "ended", end });
    return end;
  }

  async #close(consumer: Consumer): Promise<void> {
    clearInterval(this.#beats);
    this.#idle?.cancel();
    this.#slots?.close();
    await Promise.all([consumer.close(), this.#presence.end()]);
    await this.#served.close();
  }

  async #beat(consumer: Consumer): Promise<void> {
    if (this.#isBeating) return;
    this.#isBeating = true;
    await Promise.all([this.#runner.renew(), consumer.extend()]);
    this.#isBeating = false;
  }

  #judge(fault: string | null): void {
    if (fault === null) this.#health.ran();
    else if (this.#health.fault(fault)) {
      this.#consumer?.stop();
      this.#tell({ kind: "sick", reason: this.#health.reason ?? fault });
      this.#presence.changed();
    }
  }

  #endWith(end: WorkerEnd): void {
    this.#end = end;
    this.#consumer?.stop();
    this.#leave();
    this.#tell({ kind: "draining", end });
    this.#presence.changed();
  }

  /** From here on it is idle, if nothing runs. */
  #rest(): void {
    const { idleExitMs = null } = this.#options;
    this.#idle?.cancel();
    if (idleExitMs === null || this.#slots?.isIdle === false || this.#end !== null) return;
    this.#idle = new Deadline(idleExitMs, () => this.#endWith("idle"));
  }

  #makeSlots(consumer: Consumer): Slots {
    const { slots: count, maxTrials = null } = this.#options;
    const host = {
      isOpen: () => this.#end === null && this.#health.reason === null,
      changed: () => {
        this.#presence.soon();
        this.#rest();
      },
      spent: () => {
        if (this.#end === null) this.#endWith("max-trials");
      },
      failed: (error: unknown) => this.#outage.met(error),
    };
    return new Slots({
      count,
      maxTrials,
      leaseMs: this.#leaseMs,
      consumer,
      runner: this.#runner,
      served: this.#served,
      host,
    });
  }

  #makePresence(): Presence {
    const { workers, slots, tags = [], gpus = [], parzen, notes = {} } = this.#options;
    const objectives = this.#served.objectives.map(({ name, version, requires, commit, changedAtMs }) => ({
      name,
      version,
      requires,
      commit,
      changedAtMs,
    }));
    return new Presence({
      registry: workers,
      about: { id: this.id, slots, gpus, tags, parzen, objectives, notes },
      ttlMs: this.#leaseMs,
      condition: () => this.condition(),
      announced: () => this.#outage.wentWell(),
      failed: (error) => this.#outage.met(error),
    });
  }

  condition(): Condition {
    const { trials } = this.#runner;
    if (this.#end !== null) return { trials, state: "draining", reason: null };
    const { reason } = this.#health;
    return { trials, state: reason === null ? "serving" : "sick", reason };
  }

  readonly #retry: Retry = {
    limitMs: Number.POSITIVE_INFINITY,
    waiting: (error) => this.#outage.met(error),
    isOver: () => this.#end === "handed-back",
  };

  #tell(event: WorkerEvent): void {
    this.#options.listener?.(event);
  }
}
