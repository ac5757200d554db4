import type { JsonObject } from "../trial/json.ts";

/** An objective that a worker runs: queues are by tags and version, so it hears of nothing else. */
export interface ServedObjective {
  /** Name of the sweep. */
  readonly name: string;
  /** Hash of the objective's code and data. */
  readonly version: string;
  /** Tags that a worker must have to run it. */
  readonly requires: readonly string[];
  /** What a refusal shows beside the hash: commit of the sweep's repository, time of the newest file. */
  readonly commit: string | null;
  readonly changedAtMs: number;
}

/** A live worker, as it announces itself every few seconds. A dead one is forgotten after its last word has expired. */
export interface WorkerRecord {
  /** Unique for ever. */
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly startedAtMs: number;
  /** Trials that it runs at once. */
  readonly slots: number;
  /** Names of the GPUs its slots have. */
  readonly gpus: readonly string[];
  /** What it can do, `gpu` among them where it has one. */
  readonly tags: readonly string[];
  readonly parzen: string;
  readonly node: string;
  readonly objectives: readonly ServedObjective[];
  /** What it runs now. */
  readonly trials: readonly { readonly study: string; readonly number: number; readonly sinceMs: number }[];
  /** `draining` takes nothing more; `sick` stopped by itself and `reason` says why. */
  readonly state: "serving" | "draining" | "sick";
  readonly reason: string | null;
  /** Anything else worth showing. */
  readonly notes: JsonObject;
}

/** A worker as the registry has it: one that was killed stays there until its last word has expired. */
export interface HeardWorker extends WorkerRecord {
  /** How long ago it was last heard, in milliseconds. One that lives is heard every five seconds at least. */
  readonly silentMs: number;
}

/** The workers of a deployment. */
export interface WorkerRegistry {
  /** Announces a worker or renews it for `ttlMs`. */
  announce(worker: WorkerRecord, ttlMs: number): Promise<void>;
  withdraw(id: string): Promise<void>;
  /**
   * Those that are alive, by host and pid. What stands among them and is no worker is left out.
   *
   * @param unreadable hears what is wrong with each of these
   */
  list(unreadable?: (problem: string) => void): Promise<readonly HeardWorker[]>;
}
