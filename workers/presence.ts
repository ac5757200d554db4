import { hostname } from "node:os";
import type { WorkerRecord, WorkerRegistry } from "../src/store/worker-record.ts";

/** How often a worker announces itself; with short leases more often. */
const ANNOUNCE_MS = 5000;

/** How soon it is announced which trials began or ended: that may happen all the time. */
const SOON_MS = 1000;

/** How long a withdrawal waits for a store that is away; it forgets the worker by itself. */
const WITHDRAW_MS = 2000;

/** What changes about a worker while it runs. */
export type Condition = Pick<WorkerRecord, "trials" | "state" | "reason">;

export interface PresenceOptions {
  readonly registry: WorkerRegistry;
  readonly about: Omit<WorkerRecord, keyof Condition | "host" | "pid" | "startedAtMs" | "node">;
  readonly ttlMs: number;
  condition(): Condition;
  /** The registry took an announcement, after the first. */
  announced(): void;
  failed(error: unknown): void;
}

/** A worker as others see it: announced from time to time, and whenever something about it changes. */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #fixed: Omit<WorkerRecord, keyof Condition>;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  /** Settles when nothing is being announced: what arrives after the withdrawal would outlive the worker. */
  #announced: Promise<unknown> = Promise.resolve();

  constructor(options: PresenceOptions) {
    this.#options = options;
    const thisProcess = { host: hostname(), pid: process.pid, startedAtMs: Date.now(), node: process.versions.node };
    this.#fixed = { ...options.about, ...thisProcess };
  }

  /** @throws what the registry throws: a worker that nobody hears of gets nothing to do */
  async begin(): Promise<void> {
    const { ttlMs } = this.#options;
    await this.#announce();
    this.#timer = setInterval(() => this.changed(), Math.min(ANNOUNCE_MS, ttlMs / 3));
  }

  changed(): void {
    if (this.#timer === undefined) return;
    this.#announce().then(
      () => this.#options.announced(),
      (error: unknown) => {
        this.#options.failed(error);
        this.soon(); // others take a worker for dead that is not announced
      },
    );
  }

  /** Announces what changes about its trials, all of one second together. */
  soon(): void {
    if (this.#timer === undefined) return;
    this.#soon ??= setTimeout(() => this.changed(), SOON_MS);
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#timer = undefined;
    const { registry, about } = this.#options;
    const patience = new Promise((resolve) => setTimeout(resolve, WITHDRAW_MS).unref());
    const withdrawn = this.#announced.then(() => registry.withdraw(about.id)).catch(() => undefined);
    await Promise.race([withdrawn, patience]);
  }

  #announce(): Promise<void> {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    const { registry, ttlMs, condition } = this.#options;
    const announced = registry.announce({ ...this.#fixed, ...condition() }, ttlMs);
    this.#announced = Promise.allSettled([this.#announced, announced]);
    return announced;
  }
}
