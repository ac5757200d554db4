import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Queue } from "bullmq";
import { vi } from "vitest";
import { bullmqFleet } from "../../src/executor/bullmq/fleet.ts";
import type { QueueClient } from "../../src/executor/bullmq/queue-client.ts";
import { type Demand, queueName, queuePrefix } from "../../src/executor/bullmq/queue-name.ts";
import type { Executor } from "../../src/executor/executor.ts";
import type { Fleet } from "../../src/executor/fleet.ts";
import { inProcess } from "../../src/executor/in-process.ts";
import { fingerprint } from "../../src/space/fingerprint.ts";
import type { Store } from "../../src/store/store.ts";
import type { WorkerRecord, WorkerRegistry } from "../../src/store/worker-record.ts";
import type { ObjectiveFunction } from "../../src/trial/context.ts";
import type { Trial } from "../../src/trial/trial.ts";
import type { WorkerEvent, WorkerObjective, WorkerOptions } from "../../workers/options.ts";
import { startWorker } from "../../workers/worker.ts";
import { addStudy, COMPILED, reserveTrials, SPACE } from "../executor/bullmq/study.ts";

export const PREFIX = "{test}";
export const SLOTS = 4;

export type TestObjective = ObjectiveFunction<{ x: number }>;

/** A registry in this process. */
export function memoryRegistry(): WorkerRegistry & { readonly workers: Map<string, WorkerRecord> } {
  const workers = new Map<string, WorkerRecord>();
  return {
    workers,
    announce: async (worker) => void workers.set(worker.id, worker),
    withdraw: async (id) => void workers.delete(id),
    list: async () => [...workers.values()].map((worker) => ({ ...worker, silentMs: 0 })),
  };
}

/** An objective that is a function of this process, or whatever evaluates it. */
export function objectiveOf(
  run: TestObjective | (() => Executor),
  change: Partial<WorkerObjective> & { readonly slots?: number; readonly isExecutor?: boolean } = {},
): WorkerObjective {
  const { slots = SLOTS, isExecutor = false, ...rest } = change;
  // Told apart by `isExecutor`.
  const executor = isExecutor
    ? (run as () => Executor)
    : (): Executor => inProcess({ objective: run as TestObjective as never, space: COMPILED, slots, graceMs: 60_000 });
  const about = { name: "sweep", version: "v1", requires: [], commit: null, changedAtMs: 0 };
  return { ...about, fingerprint: fingerprint(SPACE), executor, ...rest };
}

export interface TestWorker {
  readonly worker: Awaited<ReturnType<typeof startWorker>>;
  readonly events: WorkerEvent[];
  readonly spool: string;
}

/** Kills what still lives of some processes, and forgets them. */
export async function killAll(children: ChildProcess[]): Promise<void> {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
}

/** Starts workers and ends what is left of them. */
export class Workers {
  /** What the workers tell of themselves, unless the store is to know. */
  readonly registry: ReturnType<typeof memoryRegistry> = memoryRegistry();
  readonly #workers: WorkerRegistry;
  readonly #store: Store;
  readonly #client: QueueClient;
  readonly #started: TestWorker[] = [];
  readonly #fleets: Fleet[] = [];
  readonly #folders: string[] = [];

  constructor(store: Store, client: QueueClient, workers?: WorkerRegistry) {
    this.#workers = workers ?? this.registry;
    this.#store = store;
    this.#client = client;
  }

  async start(objective: WorkerObjective, options: Partial<WorkerOptions> = {}): Promise<TestWorker> {
    const events: WorkerEvent[] = [];
    const spool = options.spool ?? this.folder();
    const worker = await startWorker({
      store: this.#store,
      client: this.#client,
      prefix: PREFIX,
      workers: this.#workers,
      objectives: [objective],
      slots: SLOTS,
      parzen: "test",
      pollMs: 100,
      stalledCheckMs: 500,
      leaseMs: 60_000,
      listener: (event) => events.push(event),
      ...options,
      spool,
    });
    const started = { worker, events, spool };
    this.#started.push(started);
    return started;
  }

  fleet(objective: Demand = { version: "v1", requires: [] }, prefix: string = PREFIX): Fleet {
    const fleet = bullmqFleet({ client: this.#client, prefix, workers: this.#workers, objective });
    this.#fleets.push(fleet);
    return fleet;
  }

  /** Begins a study and delivers so many of its trials. */
  async deliver(count: number, name = "s"): Promise<void> {
    const study = await addStudy(this.#store, name);
    await this.fleet().deliver(study, await reserveTrials(this.#store, name, count));
  }

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), `parzen-spool-${randomUUID().slice(0, 8)}-`));
    this.#folders.push(folder);
    return folder;
  }

  async end(): Promise<void> {
    for (const { worker } of this.#started) {
      worker.handBack();
      worker.handBack();
    }
    await Promise.all(this.#started.splice(0).map(({ worker }) => worker.done));
    await Promise.all(this.#fleets.splice(0).map((fleet) => fleet.close()));
    for (const folder of this.#folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}

export async function trialsOf(store: Store, study: string): Promise<readonly Trial[]> {
  return (await store.snapshot(study, 0)).trials;
}

/** Kinds of what a worker told. */
export function kindsOf({ events }: TestWorker): readonly string[] {
  return events.map(({ kind }) => kind);
}

/** Why a worker removed jobs. */
export function refusals({ events }: TestWorker): readonly string[] {
  return events.flatMap((event) => (event.kind === "refused" ? [event.problem] : []));
}

/** The jobs of a queue; by default that of version "v1" without tags. */
export async function jobCounts(
  connection: QueueClient,
  name: string = queueName({ version: "v1", requires: [] }),
): Promise<{ readonly waiting: number; readonly active: number }> {
  const queue = new Queue(name, { connection, prefix: queuePrefix(PREFIX) });
  const { waiting = -1, active = -1 } = await queue.getJobCounts();
  await queue.close();
  return { waiting, active };
}

/** Waits for something to hold, however slow the machine is. */
export async function until(holds: () => boolean | Promise<boolean>, what = "it"): Promise<void> {
  await vi.waitFor(
    async () => {
      if (!(await holds())) throw new Error(`${what} does not hold`);
    },
    { timeout: 50_000, interval: 20 },
  );
}

/** Waits until so many trials of a study are in a state. */
export function untilState(store: Store, study: string, state: Trial["state"], count: number): Promise<void> {
  const counted = async (): Promise<boolean> =>
    (await trialsOf(store, study)).filter((trial) => trial.state === state).length === count;
  return until(counted, `${count} trials ${state}`);
}

/** Resolves when told. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
