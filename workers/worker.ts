import { randomUUID } from "node:crypto";
import type { Retry } from "../src/study/attempt/store-retry.ts";
import { LEASE_MS, type Worker, type WorkerEnd, type WorkerEvent, type WorkerOptions } from "./options.ts";
import { Outage } from "./outage.ts";
import { type Condition, Presence } from "./presence.ts";
import { recoverOutcomes } from "./recover-outcomes.ts";
import { ServedObjectives } from "./served-objectives.ts";
import { Serving } from "./serving.ts";
import { Spool } from "./spool.ts";
import { Standing } from "./standing.ts";
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
  readonly #standing: Standing;
  readonly #outage: Outage;
  readonly #retry: Retry = {
    limitMs: Number.POSITIVE_INFINITY,
    waiting: (error) => this.#outage.met(error),
    isOver: () => this.#standing.end === "handed-back",
  };
  /** Null until the worker is announced. */
  #serving: Serving | null = null;
  #resolve: (run: Promise<WorkerEnd>) => void = () => undefined;

  constructor(options: WorkerOptions) {
    const { store, spool, leaseMs = LEASE_MS, tags = [], idleExitMs = null } = options;
    this.#options = options;
    this.#leaseMs = leaseMs;
    this.#outage = new Outage(store.location, (event) => this.#tell(event));
    this.#served = new ServedObjectives({ ...options, tags });
    this.#spool = new Spool(spool);
    this.#standing = new Standing(idleExitMs, {
      isIdle: () => this.#serving?.isIdle !== false,
      closed: (event) => this.#closed(event),
    });
    const listener = {
      tell: (event: WorkerEvent) => this.#tell(event),
      ended: (fault: string | null) => this.#standing.judge(fault),
      unrenewed: (error: unknown) => this.#outage.met(error),
    };
    this.#runner = new TrialRunner({ store, spool: this.#spool, leaseMs, retry: this.#retry, listener });
    this.#presence = this.#makePresence();
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  async begin(): Promise<void> {
    await this.#presence.begin();
    const serving = this.#makeServing();
    this.#serving = serving;
    const { queues, unserved } = this.#served;
    for (const left of unserved) this.#tell({ kind: "unserved", ...left });
    this.#tell({ kind: "serving", id: this.id, queues });
    this.#standing.rest();
    void this.#recover();
    this.#resolve(this.#run(serving));
  }

  condition(): Condition {
    return { trials: this.#runner.trials, ...this.#standing.condition };
  }

  drain(): void {
    this.#standing.endWith("drained");
  }

  handBack(): void {
    if (this.#standing.end === "handed-back") {
      void this.#served.kill();
      return;
    }
    this.#standing.endWith("handed-back");
    this.#runner.handBack();
  }

  #recover(): Promise<void> {
    return recoverOutcomes(this.#spool, this.#options.store, {
      ...this.#retry,
      recovered: ({ study, number }, counted) => this.#tell({ kind: "recovered", study, number, counted }),
      left: ({ study, number, store }) => this.#tell({ kind: "left", study, number, store }),
    });
  }

  async #run(serving: Serving): Promise<WorkerEnd> {
    const served = serving.start();
    try {
      await Promise.all(served);
      // A sick worker stays, to be looked at.
      await this.#standing.left;
    } catch (error) {
      this.handBack();
      await Promise.allSettled(served);
      throw error;
    } finally {
      await this.#close(serving);
    }
    const end = this.#standing.end ?? "drained";
    this.#tell({ kind: "ended", end });
    return end;
  }

  async #close(serving: Serving): Promise<void> {
    this.#standing.close();
    await Promise.all([serving.close(), this.#presence.end()]);
    await this.#served.close();
  }

  /** It takes no more trials. */
  #closed(event: WorkerEvent): void {
    this.#serving?.stop();
    this.#tell(event);
    this.#presence.changed();
  }

  #makeServing(): Serving {
    const host = {
      isOpen: () => this.#standing.isOpen,
      changed: () => {
        this.#presence.soon();
        this.#standing.rest();
      },
      spent: () => this.#standing.endWith("max-trials"),
      failed: (error: unknown) => this.#outage.met(error),
    };
    const refused = (problem: string): void => this.#tell({ kind: "refused", problem });
    const parts = { options: this.#options, leaseMs: this.#leaseMs, served: this.#served, runner: this.#runner };
    return new Serving({ ...parts, host, refused });
  }

  #makePresence(): Presence {
    const { workers, slots, tags = [], gpus = [], parzen, notes = {} } = this.#options;
    const { announced: objectives } = this.#served;
    return new Presence({
      registry: workers,
      about: { id: this.id, slots, gpus, tags, parzen, objectives, notes },
      ttlMs: this.#leaseMs,
      condition: () => this.condition(),
      announced: () => this.#outage.wentWell(),
      failed: (error) => this.#outage.met(error),
    });
  }

  #tell(event: WorkerEvent): void {
    this.#options.listener?.(event);
  }
}
