import type { Executor } from "../../src/executor/executor.ts";
import type { Fleet } from "../../src/executor/fleet.ts";
import { plainSlots, type SlotEnvironment } from "../../src/executor/pool/gpu.ts";
import type { RedisStore } from "../../src/store/redis/redis-store.ts";
import type { Store } from "../../src/store/store.ts";
import type { StudySettings } from "../../src/store/study-record.ts";
import { LEASE_MS, type Worker, type WorkerEvent } from "../../workers/options.ts";
import { isRedisStore } from "../options/store-option.ts";
import { executorOf } from "../sweep/executor.ts";
import { AcceptedFleet } from "./accepted-fleet.ts";
import type { RunPlan } from "./plan.ts";

/** What evaluates the trials of a run, and what a test of it is taken on. */
export interface Evaluation {
  readonly evaluator: Executor | Fleet;
  readonly tester: Executor;
  /** How long this run and its trials count as alive without a sign of life; undefined for the usual time. */
  readonly leaseMs: number | undefined;
  /** Lets what runs here end. */
  drain(): void;
  /** Resolves when nothing runs here any more that a driver does not wait for. */
  rest(): Promise<void>;
  /** Takes the grace away from what runs here. */
  halt(): void;
  /** Ends whatever still runs here. */
  close(): Promise<void>;
}

export interface EvaluationParts {
  readonly store: Store;
  readonly plan: RunPlan;
  readonly slots: readonly SlotEnvironment[];
  readonly settings: StudySettings;
  /** Hears what trials print here that no driver hears of: those of the run's own worker. */
  readonly printed: (number: number, text: string) => void;
}

/** Slots of this process, or, for a store in Redis, the workers that serve it: one of them in this process, if it has slots. */
export function evaluationOf(parts: EvaluationParts): Promise<Evaluation> {
  return isRedisStore(parts.store) ? onWorkers(parts.store, parts) : onSlots(parts);
}

async function onSlots({ plan, slots, settings }: EvaluationParts): Promise<Evaluation> {
  const executor = executorOf(plan.sweep, { store: plan.flags.store, slots, trialTimeoutMs: settings.trialTimeoutMs });
  return {
    evaluator: executor,
    tester: executor,
    leaseMs: plan.flags.lock,
    drain: () => undefined,
    rest: async () => undefined,
    halt: () => void executor.close(),
    close: () => executor.close(),
  };
}

async function onWorkers(store: RedisStore, parts: EvaluationParts): Promise<Evaluation> {
  const { plan, slots, settings } = parts;
  const { bullmqFleet } = await import("../../src/executor/bullmq/fleet.ts");
  const { client, prefix, workers } = store;
  const fleet = new AcceptedFleet(plan.sweep, (objective) => bullmqFleet({ client, prefix, workers, objective }));
  const { trialTimeoutMs } = settings;
  const tester = executorOf(plan.sweep, { store: plan.flags.store, slots: plainSlots(1), trialTimeoutMs });
  const worker = slots.length === 0 ? null : await ownWorker(store, parts);
  const rest = async (): Promise<void> => {
    worker?.drain();
    await worker?.done;
  };
  return {
    evaluator: fleet,
    tester,
    leaseMs: plan.flags.lock ?? LEASE_MS,
    drain: () => worker?.drain(),
    rest,
    halt: () => {
      worker?.handBack();
      worker?.handBack(); // a second time: without its grace
      void tester.close();
    },
    close: async () => {
      await rest();
      await Promise.all([fleet.close(), tester.close()]);
    },
  };
}

async function ownWorker(store: RedisStore, { plan, slots, printed }: EvaluationParts): Promise<Worker> {
  const [{ startWorker }, { workerOptions }] = await Promise.all([
    import("../../workers/worker.ts"),
    import("../worker/worker-options.ts"),
  ]);
  const { store: location, lock, logJson = false } = plan.flags;
  const tag = plan.sweep.requires; // whoever gives a run slots says that they have it
  const flags = { store: location, logJson, tag, ...(lock === undefined ? {} : { lock }) };
  const hear = (event: WorkerEvent): void => {
    if (event.kind === "printed" && event.study === plan.name) printed(event.number, event.text); // it serves other studies too
  };
  return startWorker(await workerOptions(store, { sweeps: [plan.sweep], slots, flags, hear }));
}
