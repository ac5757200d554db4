import type { TrialJob } from "./trial-job.ts";
import type { LockedJob, WorkerQueue } from "./worker-queue.ts";

/** A trial that came over the queue and is this worker's until it is finished or given back. */
export interface Delivery {
  readonly queue: string;
  readonly job: TrialJob;
}

interface HeldJob {
  readonly queue: WorkerQueue;
  readonly locked: LockedJob;
  /** Those of its trials that are neither finished nor given back. */
  readonly open: Set<Delivery>;
  /** How many it brought. */
  readonly size: number;
}

/** A job as it is after some of its trials were taken out. */
export interface Released {
  readonly queue: WorkerQueue;
  readonly locked: LockedJob;
  /** Whether nothing is left of it. */
  readonly isOver: boolean;
  /** Whether those that were taken out are all that it ever brought. */
  readonly isWhole: boolean;
}

/** The jobs that a worker has. One that brought several trials is held until the last of them is released. */
export class HeldJobs {
  readonly #jobs = new Map<Delivery, HeldJob>();

  /** The trials that are held. */
  get deliveries(): readonly Delivery[] {
    return [...this.#jobs.keys()];
  }

  hold(queue: WorkerQueue, locked: LockedJob, trials: readonly TrialJob[]): readonly Delivery[] {
    const deliveries = trials.map((job) => ({ queue: queue.name, job }));
    const held = { queue, locked, open: new Set(deliveries), size: trials.length };
    for (const delivery of deliveries) this.#jobs.set(delivery, held);
    return deliveries;
  }

  /** Takes trials out that came with one job; null where they are not held. */
  release(deliveries: readonly Delivery[]): Released | null {
    const [first] = deliveries;
    const held = first === undefined ? undefined : this.#jobs.get(first);
    if (held === undefined) return null;
    const { queue, locked, open, size } = held;
    for (const delivery of deliveries) {
      this.#jobs.delete(delivery);
      open.delete(delivery);
    }
    return { queue, locked, isOver: open.size === 0, isWhole: deliveries.length === size };
  }

  lockedIn(queue: WorkerQueue): readonly LockedJob[] {
    const held = new Set(this.#jobs.values());
    return [...held].filter((one) => one.queue === queue).map(({ locked }) => locked);
  }
}
