import type { QueueClient } from "../src/executor/bullmq/queue-client.ts";
import type { Executor } from "../src/executor/executor.ts";
import type { Store } from "../src/store/store.ts";
import type { ServedObjective, WorkerRecord, WorkerRegistry } from "../src/store/worker-record.ts";
import type { JsonObject } from "../src/trial/json.ts";
import type { FailedTrial, Trial } from "../src/trial/trial.ts";

/** How long a trial, and its job, counts as a worker's without a sign of life, where nothing else is said. */
export const LEASE_MS = 30_000;

/** How often one of all workers looks for jobs that lost theirs, where nothing else is said. */
export const STALLED_CHECK_MS = 10_000;

/** An objective that a worker runs, and how. */
export interface WorkerObjective extends ServedObjective {
  /** Of the space that it decodes assignments with; a study over another space is refused. Null refuses none. */
  readonly fingerprint: string | null;
  /**
   * Makes what evaluates its trials, with as many slots as the worker has; called with its first trial. Of several
   * objectives that share the worker's slots each has an executor of its own, and is told which slot is free.
   */
  executor(): Executor;
}

/** What a worker serves, and where. Times are in milliseconds. */
export interface WorkerOptions {
  /** The truth. It stays the caller's, who closes it when the worker has ended. */
  readonly store: Store;
  /** Connection for the queues, shared with the store or not. It stays the caller's too. */
  readonly client: QueueClient;
  /** Prefix of the deployment's keys with its hash tag: `{parzen}`. */
  readonly prefix: string;
  readonly workers: WorkerRegistry;
  readonly objectives: readonly WorkerObjective[];
  /** How many trials it runs at once. */
  readonly slots: number;
  /** What it can do; an objective whose tags it does not all have gets no queue here. Default nothing. */
  readonly tags?: readonly string[];
  /** Names of its GPUs, for who looks at the workers. Default none. */
  readonly gpus?: readonly string[];
  /** Folder for outcomes that wait for a store that is away. Workers of one machine may share it. */
  readonly spool: string;
  /** Version of parzen. */
  readonly parzen: string;
  /** Anything else worth showing beside the worker. */
  readonly notes?: JsonObject;
  /** How long a trial, and its job, counts as this worker's without a sign of life. Default `LEASE_MS`. */
  readonly leaseMs?: number;
  /** How often one of all workers looks for jobs that lost theirs. Default `STALLED_CHECK_MS`. */
  readonly stalledCheckMs?: number;
  /** An idle worker looks for work this often, or up to 2.5 times as seldom, beside being told. Default 2000. */
  readonly pollMs?: number;
  /** Ends after so many trials; null is no limit. Default null. */
  readonly maxTrials?: number | null;
  /** Ends after so long without a trial; null is never. Default null. */
  readonly idleExitMs?: number | null;
  readonly listener?: (event: WorkerEvent) => void;
}

/** Why a worker ended. */
export type WorkerEnd = "drained" | "handed-back" | "max-trials" | "idle";

interface OfTrial {
  readonly study: string;
  readonly number: number;
}

/** What a trial is after an attempt; where that failed, why. */
type Ending = { readonly state: Exclude<Trial["state"], "failed"> } | Pick<FailedTrial, "state" | "reason" | "message">;

/** What a worker tells. */
export type WorkerEvent =
  | { readonly kind: "serving"; readonly id: string; readonly queues: readonly string[] }
  /** An objective that is not served: the worker lacks tags. */
  | { readonly kind: "unserved"; readonly objective: string; readonly missing: readonly string[] }
  | ({ readonly kind: "started"; readonly attempt: number; readonly slot: number } & OfTrial)
  | ({ readonly kind: "printed"; readonly text: string } & OfTrial)
  /** In the study's own direction. */
  | ({ readonly kind: "reported"; readonly step: number; readonly value: number } & OfTrial)
  /** An attempt ended and the store knows it. */
  | ({ readonly kind: "settled"; readonly attempt: number } & Ending & OfTrial)
  /** An attempt ended whose trial had ended by then, or was given to another worker: its outcome changed nothing. */
  | ({ readonly kind: "stale" } & OfTrial)
  /** The outcome is on the disk and waits for the store. */
  | ({ readonly kind: "kept" } & OfTrial)
  /** The outcome waits for the store in memory alone, as the disk does not take it: this worker must not end before. */
  | ({ readonly kind: "unkept"; readonly reason: string } & OfTrial)
  /** An outcome that an earlier worker had left on the disk; `counted` false where it came too late. */
  | ({ readonly kind: "recovered"; readonly counted: boolean } & OfTrial)
  /** An outcome that a worker of another store, `store`, left on the disk, where it stays for the next one of that store. */
  | ({ readonly kind: "left"; readonly store: string } & OfTrial)
  /** A job that this worker removed without a look at its trial. */
  | { readonly kind: "refused"; readonly problem: string }
  /** The machine was at fault, so the trial went back to the queue. */
  | ({ readonly kind: "fault"; readonly message: string } & OfTrial)
  /** It takes no more trials, because its machine is at fault. */
  | { readonly kind: "sick"; readonly reason: string }
  | OutageEvent
  | { readonly kind: "draining"; readonly end: WorkerEnd }
  | { readonly kind: "ended"; readonly end: WorkerEnd };

/** What a worker tells of a store or a queue that is away. */
export type OutageEvent =
  /** It is tried again. Told once for each reason until it is back. */
  | { readonly kind: "waiting"; readonly reason: string }
  /** Calls have gone well for some seconds. */
  | { readonly kind: "back" };

/** A worker at work. */
export interface Worker {
  readonly id: string;
  /** Resolves with the reason once it has ended, and rejects with what it could not go on after. */
  readonly done: Promise<WorkerEnd>;
  /** What it runs now, and whether it takes more. */
  condition(): Pick<WorkerRecord, "trials" | "state" | "reason">;
  /** Takes no more trials, and ends with the last one. */
  drain(): void;
  /**
   * Asks running trials to end, with the grace that their executor has, and gives each back to the queue as it ends. A
   * second call kills them.
   */
  handBack(): void;
}
