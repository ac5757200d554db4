import type { RedisStore } from "../../src/store/redis/redis-store.ts";
import type { Worker, WorkerEvent } from "../../workers/options.ts";
import { Spool } from "../../workers/spool.ts";
import { deploymentMetrics, WORKER_STATES } from "./deployment.ts";
import { exposition, type Metric, type Sample, single } from "./exposition.ts";

/** Counts by study, and by one more label where there is one. */
class Counter {
  readonly #counts = new Map<string, Sample>();

  add(labels: { readonly [name: string]: string }): void {
    const key = JSON.stringify(labels);
    const value = (this.#counts.get(key)?.value ?? 0) + 1;
    this.#counts.set(key, { labels, value });
  }

  get samples(): readonly Sample[] {
    return [...this.#counts.values()];
  }
}

/** What one worker did since it began, told by its events. */
export class WorkerMetrics {
  readonly #started = new Counter();
  readonly #settled = new Counter();
  readonly #reports = new Counter();
  #faults = 0;
  #refused = 0;
  #awayMs = 0;
  /** By a clock that only goes on; null while nothing is away. */
  #awaySince: number | null = null;
  #queues: readonly string[] = [];

  hear(event: WorkerEvent): void {
    if (event.kind === "serving") this.#queues = event.queues;
    else if (event.kind === "started") this.#started.add({ study: event.study });
    else if (event.kind === "settled") this.#settled.add({ study: event.study, state: event.state });
    else if (event.kind === "reported") this.#reports.add({ study: event.study });
    else if (event.kind === "fault") this.#faults++;
    else if (event.kind === "refused") this.#refused++;
    else if (event.kind === "waiting") this.#awaySince ??= performance.now();
    else if (event.kind === "back") {
      this.#awayMs = this.#awayNowMs();
      this.#awaySince = null;
    }
  }

  /** The document of a scrape. */
  async collect(worker: Worker, store: RedisStore, { slots, spool }: Fixed): Promise<string> {
    const { trials, state } = worker.condition();
    const now: readonly Metric[] = [
      gauge("parzen_worker_slots", "Trials that this worker runs at once.", slots),
      gauge("parzen_worker_running_trials", "Trials that it runs now.", trials.length),
      {
        name: "parzen_worker_state",
        type: "gauge",
        help: "1 for the state that it is in.",
        samples: WORKER_STATES.map((each) => ({ labels: { state: each }, value: each === state ? 1 : 0 })),
      },
      gauge("parzen_worker_outcomes_on_disk", "Outcomes that wait for the store.", await new Spool(spool).count()),
    ];
    return exposition([...now, ...this.#since()]) + (await deploymentMetrics(store, this.#queues));
  }

  #since(): readonly Metric[] {
    const total = (name: string, help: string, value: number): Metric => single({ name, type: "counter", help }, value);
    const by = (name: string, help: string, counter: Counter): Metric => {
      const { samples } = counter;
      return { name, type: "counter", help, samples };
    };
    return [
      by("parzen_worker_attempts_total", "Attempts at trials that were begun.", this.#started),
      by("parzen_worker_settled_total", "Attempts that ended, by what their trial is then.", this.#settled),
      by("parzen_worker_reports_total", "Intermediate values that objectives reported.", this.#reports),
      total("parzen_worker_machine_faults_total", "Attempts that this machine was at fault for.", this.#faults),
      total("parzen_worker_jobs_refused_total", "Jobs that were removed without a look at their trial.", this.#refused),
      total(
        "parzen_worker_store_waits_total",
        "Seconds for which the store or a queue was away.",
        this.#awayNowMs() / 1000,
      ),
    ];
  }

  #awayNowMs(): number {
    return this.#awayMs + (this.#awaySince === null ? 0 : performance.now() - this.#awaySince);
  }
}

interface Fixed {
  readonly slots: number;
  readonly spool: string;
}

function gauge(name: string, help: string, value: number): Metric {
  return single({ name, type: "gauge", help }, value);
}
