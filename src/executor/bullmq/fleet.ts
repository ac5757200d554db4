import type { Queue } from "bullmq";
import type { StudyRecord } from "../../store/study-record.ts";
import type { WorkerRegistry } from "../../store/worker-record.ts";
import type { QueuedTrial } from "../../trial/trial.ts";
import type { Fleet } from "../fleet.ts";
import { bullmq } from "./bullmq.ts";
import { canRun } from "./can-run.ts";
import { type QueueClient, WITHOUT_LOOK } from "./queue-client.ts";
import { type Demand, queueName, queuePrefix, studyQueuesKey, workChannel } from "./queue-name.ts";
import { queuedJob } from "./queued-job.ts";
import { inRows, jobIdOf, jobOf } from "./trial-job.ts";

/** Where a fleet is, and what it is to run. */
export interface BullmqFleetOptions {
  /** Shared with who gives it, who closes it too. */
  readonly client: QueueClient;
  /** Prefix of the deployment's keys with its hash tag, as the store has it: `{parzen}`. */
  readonly prefix: string;
  readonly workers: WorkerRegistry;
  readonly objective: Demand;
}

/** How many events BullMQ keeps of each queue: nobody here reads them. */
const KEPT_EVENTS = 10;

/** The workers that serve one objective, reached over its BullMQ queue. It holds no connection of its own. */
export function bullmqFleet(options: BullmqFleetOptions): Fleet {
  return new BullmqFleet(options);
}

class BullmqFleet implements Fleet {
  readonly #options: BullmqFleetOptions;
  readonly #queueName: string;
  readonly #queue: Queue;
  /** Ids of studies that have this queue among theirs. */
  readonly #noted = new Set<string>();

  constructor(options: BullmqFleetOptions) {
    const { client, prefix, objective } = options;
    this.#options = options;
    this.#queueName = queueName(objective);
    this.#queue = new bullmq.Queue(this.#queueName, {
      connection: client,
      prefix: queuePrefix(prefix),
      streams: { events: { maxLen: KEPT_EVENTS } },
      ...WITHOUT_LOOK,
    });
    // Who waits for a call hears its error; this is of the connection, which comes back by itself.
    this.#queue.on("error", () => undefined);
  }

  async slots(): Promise<number> {
    const workers = await this.#options.workers.list();
    return workers.reduce((sum, worker) => sum + (canRun(worker, this.#options.objective) ? worker.slots : 0), 0);
  }

  async deliver(study: StudyRecord, trials: readonly QueuedTrial[], { isFirst } = { isFirst: false }): Promise<void> {
    if (trials.length === 0) return;
    await this.#note(study);
    const each = trials.map((trial) => jobOf(study, trial));
    const jobs = isFirst ? inRows(each) : each;
    const backend = this.#queue.getBackend();
    // The store's client sends them in one go, for less than `addBulk` takes.
    const added = jobs.map((job) => backend.addJob(queuedJob(job), jobIdOf(job)));
    await Promise.all([...added, this.#tell(jobs.length)]);
  }

  close(): Promise<void> {
    return this.#queue.close();
  }

  /** Behind the jobs, which the queue sends within this turn: on one connection what leaves later arrives later. */
  async #tell(jobs: number): Promise<void> {
    await new Promise((resolve) => process.nextTick(resolve));
    const { client, prefix } = this.#options;
    await client.publish(workChannel(prefix, this.#queueName), String(jobs));
  }

  /** Before the first job, so that whoever deletes the study knows where there may be some. */
  async #note({ id }: StudyRecord): Promise<void> {
    if (this.#noted.has(id)) return;
    const { client, prefix } = this.#options;
    await client.sadd(studyQueuesKey(prefix, id), this.#queueName);
    this.#noted.add(id);
  }
}
