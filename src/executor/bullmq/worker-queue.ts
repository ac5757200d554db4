import type { RedisQueueBackend, WorkerOptions } from "bullmq";
import { bullmq } from "./bullmq.ts";
import { type QueueClient, WITHOUT_LOOK } from "./queue-client.ts";
import { queuePrefix } from "./queue-name.ts";
import { queuedJob } from "./queued-job.ts";
import { inRows, jobIdOf, type TrialJob } from "./trial-job.ts";

/** A job as BullMQ hands it out: locked for whoever knows the token. */
export interface LockedJob {
  readonly id: string;
  readonly token: string;
  /** As it came: nobody has looked into it yet. */
  readonly text: string;
}

export interface WorkerQueueOptions {
  /** Shared by all queues: none makes a connection of its own. */
  readonly client: QueueClient;
  readonly prefix: string;
  /** How long a job is this worker's without an extension. */
  readonly lockMs: number;
  /** How often one of all workers looks for jobs whose lock has ended. */
  readonly stalledCheckMs: number;
  /** Shown beside a job by tools that look into queues. */
  readonly worker: string;
}

/**
 * How often a job may come back from workers that died: always. What becomes of a trial that is lost too often is for the
 * store to decide, never for the queue.
 */
const MAX_STALLED = 2 ** 31 - 1;

/** What BullMQ's commands need to know of a job that is done; it was removed with everything else it had. */
const DONE = { opts: { attempts: 1 } } as const;

type FinishedJob = Parameters<RedisQueueBackend["moveToCompleted"]>[0];

/**
 * One queue as a worker sees it. These are the commands beneath BullMQ's `Worker`, one round trip each: that class keeps a
 * blocking connection for every queue it serves, and reads a job before anybody can refuse it.
 */
export class WorkerQueue {
  readonly name: string;
  readonly #client: QueueClient;
  /** Key of the jobs that somebody has. */
  readonly #active: string;
  readonly #backend: RedisQueueBackend;
  readonly #lockMs: number;
  readonly #worker: string;

  constructor(name: string, { client, prefix, lockMs, stalledCheckMs, worker }: WorkerQueueOptions) {
    const options: WorkerOptions = {
      connection: client,
      prefix: queuePrefix(prefix),
      name: worker,
      // Redis takes whole milliseconds only.
      lockDuration: Math.ceil(lockMs),
      stalledInterval: Math.ceil(stalledCheckMs),
      maxStalledCount: MAX_STALLED,
      ...WITHOUT_LOOK,
    };
    this.name = name;
    this.#client = client;
    this.#active = `${queuePrefix(prefix)}:${name}:active`;
    this.#lockMs = Math.ceil(lockMs);
    this.#worker = worker;
    this.#backend = bullmq.createRedisBackend(name, options, {});
    // Who waits for a command hears its error; this is of the connection, which comes back by itself.
    this.#backend.on("error", () => undefined);
  }

  /** Takes the next job, if there is one. */
  async take(token: string): Promise<LockedJob | null> {
    return jobIn(await this.#backend.moveToActive(token, this.#worker), token);
  }

  /** Removes a job that is done. @returns the next one, in the same step, where it is asked for and there is one */
  async finish({ id, token }: LockedJob, andTakeNext: boolean): Promise<LockedJob | null> {
    const job = { id, ...DONE } as unknown as FinishedJob; // of all that a `Job` of BullMQ has, the command reads these
    const { result } = await this.#backend.moveToCompleted(job, null, true, token, andTakeNext);
    return jobIn(result ?? [], token);
  }

  /** Gives a job back, as the next one to be taken. */
  async giveBack({ id, token }: LockedJob): Promise<void> {
    await this.#backend.moveJobFromActiveToWait(id, token);
  }

  /** Has trials wait again, as the next ones to be taken, whose job goes on with others. */
  async putBack(trials: readonly TrialJob[]): Promise<void> {
    const jobs = inRows(trials);
    await Promise.all(jobs.map((job) => this.#backend.addJob(queuedJob(job, { isNext: true }), jobIdOf(job))));
  }

  /** Keeps the locks of jobs; one that was lost already is left alone. */
  async extend(jobs: readonly LockedJob[]): Promise<void> {
    if (jobs.length === 0) return;
    const [ids, tokens] = [jobs.map(({ id }) => id), jobs.map(({ token }) => token)];
    await this.#backend.extendLocks(ids, tokens, this.#lockMs);
  }

  /**
   * Has jobs whose lock has ended wait again, if no other worker looked lately. Of a queue in which nobody has a job BullMQ
   * is not asked: it would make keys, also those of a queue that was just removed with its study.
   *
   * @returns how many
   */
  async returnStalled(): Promise<number> {
    if ((await this.#client.exists(this.#active)) === 0) return 0;
    return (await this.#backend.moveStalledJobsToWait()).length;
  }

  close(): Promise<void> {
    return this.#backend.close();
  }
}

/** What a command that hands out jobs gave: `[the job's fields, its id, ...]`, or less. */
function jobIn([fields, id]: readonly unknown[], token: string): LockedJob | null {
  if (typeof fields !== "object" || fields === null || !("data" in fields)) return null;
  return { id: String(id), token, text: String(fields.data) };
}
