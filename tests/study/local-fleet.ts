import type { Executor } from "../../src/executor/executor.ts";
import type { Fleet } from "../../src/executor/fleet.ts";
import type { Store } from "../../src/store/store.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import { Attempt } from "../../src/study/attempt/attempt.ts";
import type { AttemptHost } from "../../src/study/attempt/attempt-host.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import type { QueuedTrial } from "../../src/trial/trial.ts";

/** A fleet whose workers live in this process: it takes what it hears of in order, and may be deaf for a while. */
export class LocalFleet implements Fleet {
  isDeaf = false;
  /** Slots that serve; may change at any time. */
  serving: number;
  /** The most trials that were queued or running here at once. */
  most = 0;
  readonly starts: string[] = [];
  readonly #store: Store;
  readonly #executor: Executor;
  readonly #heard = new Set<string>();
  readonly #queue: (readonly [StudyRecord, QueuedTrial])[] = [];
  readonly #running = new Set<Promise<unknown>>();

  constructor(store: Store, executor: Executor) {
    this.#store = store;
    this.#executor = executor;
    this.serving = executor.slots;
  }

  async slots(): Promise<number> {
    return this.serving;
  }

  async deliver(study: StudyRecord, trials: readonly QueuedTrial[]): Promise<void> {
    if (this.isDeaf) return;
    for (const trial of trials) {
      const job = `${trial.number}-${trial.attempt}`;
      if (this.#heard.has(job)) continue;
      this.#heard.add(job);
      this.#queue.push([study, trial]);
    }
    this.most = Math.max(this.most, this.#queue.length + this.#running.size);
    this.#serve();
  }

  async close(): Promise<void> {
    await Promise.all(this.#running);
  }

  #serve(): void {
    if (this.#running.size >= this.serving) return;
    const next = this.#queue.shift();
    if (next === undefined) return;
    const [study, trial] = next;
    const run = new Attempt(trial.number, this.#host(study)).run(thisHolder(0));
    const served = run.finally(() => {
      this.#running.delete(served);
      this.#serve();
    });
    this.#running.add(served);
    this.#serve();
  }

  #host(study: StudyRecord): AttemptHost {
    return {
      store: this.#store,
      executor: this.#executor,
      study,
      objective: study.name,
      version: null,
      leaseMs: 60_000,
      waiting: () => undefined,
      isOver: () => false,
      started: (started) => this.starts.push(`${started.number}-${started.attempt}`),
      printed: () => undefined,
      untilJudged: null,
      judge: async (_trial, _report, verdict) => verdict,
    };
  }
}
