import { ParzenError } from "../src/errors.ts";
import { bullmqFleet } from "../src/executor/bullmq/fleet.ts";
import type { QueueClient } from "../src/executor/bullmq/queue-client.ts";
import { queueName } from "../src/executor/bullmq/queue-name.ts";
import type { Executor } from "../src/executor/executor.ts";
import type { Fleet } from "../src/executor/fleet.ts";
import type { ServedObjective, WorkerRegistry } from "../src/store/worker-record.ts";
import type { WorkerObjective } from "./options.ts";

/** What is served over one queue. */
export interface Served {
  readonly objective: WorkerObjective;
  /** The way back to the queue. */
  readonly fleet: Fleet;
  readonly executor: Executor;
}

export interface ServedOptions {
  readonly objectives: readonly WorkerObjective[];
  readonly tags: readonly string[];
  readonly client: QueueClient;
  readonly prefix: string;
  readonly workers: WorkerRegistry;
}

/** The objectives that a worker has the tags for, by their queues. Two of one version and tags are one. */
export class ServedObjectives {
  /** Objectives that are left out. */
  readonly unserved: readonly { readonly objective: string; readonly missing: readonly string[] }[];
  readonly #objectives = new Map<string, WorkerObjective>();
  readonly #served = new Map<string, Served>();
  readonly #options: ServedOptions;

  /** @throws OPTION_INVALID where nothing is left */
  constructor(options: ServedOptions) {
    const { objectives, tags } = options;
    this.#options = options;
    const asked = objectives.map((objective) => ({
      objective,
      missing: objective.requires.filter((tag) => !tags.includes(tag)),
    }));
    for (const { objective, missing } of asked) {
      const queue = queueName(objective);
      if (missing.length === 0 && !this.#objectives.has(queue)) this.#objectives.set(queue, objective);
    }
    this.unserved = asked
      .filter(({ missing }) => missing.length > 0)
      .map(({ objective, missing }) => ({ objective: objective.name, missing }));
    if (this.#objectives.size === 0) throw nothingToServe(this.unserved);
  }

  get queues(): readonly string[] {
    return [...this.#objectives.keys()];
  }

  /** The objectives as others see them. */
  get announced(): readonly ServedObjective[] {
    return [...this.#objectives.values()].map(({ name, version, requires, commit, changedAtMs }) => ({
      name,
      version,
      requires,
      commit,
      changedAtMs,
    }));
  }

  /** What a trial of a queue runs with; made with the first one. */
  of(queue: string): Served {
    const known = this.#served.get(queue);
    if (known !== undefined) return known;
    const objective = this.#objectives.get(queue);
    if (objective === undefined) throw new RangeError(`nothing is served over ${queue}`);
    const { client, prefix, workers } = this.#options;
    const fleet = bullmqFleet({ client, prefix, workers, objective });
    const served = { objective, fleet, executor: objective.executor() };
    this.#served.set(queue, served);
    return served;
  }

  /** Ends what still runs, whole process trees included. */
  async kill(): Promise<void> {
    await Promise.all([...this.#served.values()].map(({ executor }) => executor.close()));
  }

  async close(): Promise<void> {
    await this.kill();
    await Promise.all([...this.#served.values()].map(({ fleet }) => fleet.close()));
  }
}

function nothingToServe(unserved: ServedObjectives["unserved"]): ParzenError {
  const lacking = unserved.map(({ objective, missing }) => `"${objective}" requires ${missing.join(", ")}`);
  const why = lacking.length === 0 ? "it has no objectives" : lacking.join("; ");
  return new ParzenError("OPTION_INVALID", `worker: there is nothing it could run: ${why}`, {
    hint: "Give it the sweeps it is to run, and the tags that they require.",
  });
}
