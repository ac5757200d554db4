import { resolve } from "node:path";
import type { SlotEnvironment } from "../../src/executor/pool/gpu.ts";
import type { RedisStore } from "../../src/store/redis/redis-store.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { listGpus } from "../../workers/gpus.ts";
import type { WorkerEvent, WorkerOptions } from "../../workers/options.ts";
import { startWorker } from "../../workers/worker.ts";
import type { ExitCode } from "../exit.ts";
import { MetricsServer } from "../metrics/server.ts";
import { WorkerMetrics } from "../metrics/worker-metrics.ts";
import { passwordWarning } from "../options/store-argument.ts";
import { type StoreOption, withRedis } from "../options/store-option.ts";
import { packageVersion } from "../package-version.ts";
import { roomProblem } from "../room.ts";
import { checkObjective } from "../sweep/check-objective.ts";
import { slotsOf } from "../sweep/executor.ts";
import { openSweep } from "../sweep/open-sweep.ts";
import { checkProgram } from "../sweep/program-file.ts";
import { DEFAULT_SPOOL, GRACE_MS, type WorkerFlags } from "./flags.ts";
import { logTo, messageTo } from "./log.ts";
import { objectiveOf } from "./objectives.ts";
import { refusalsOf } from "./refusals.ts";
import { stopOnSignals } from "./stops.ts";

/** `parzen worker`. @returns its exit code, once it has ended */
export async function serve(typed: readonly string[], flags: WorkerFlags): Promise<ExitCode> {
  const sweeps = await checkedSweeps(typed);
  const slots = await slotsOf(flags, sweeps);
  const tell = messageTo(flags.logJson === true);
  const warn = (message: string): void => tell(`warning: ${message}`);
  for (const warning of await warningsOf(flags)) warn(warning);
  const metrics = flags.metricsPort === undefined ? null : await MetricsServer.listen(flags.metricsPort);
  if (metrics !== null) tell(`metrics at ${metrics.url}`);
  try {
    return await withRedis(flags, (store) => work(store, { sweeps, slots, flags, tell, metrics }), warn);
  } finally {
    await metrics?.close();
  }
}

/** The sweeps, one after the other: what a sweep's module does to this process is told of that one. */
async function checkedSweeps(typed: readonly string[]): Promise<readonly LoadedSweep[]> {
  const sweeps: LoadedSweep[] = [];
  for (const each of typed) {
    const sweep = await openSweep(each);
    await checkProgram(sweep);
    await checkObjective(sweep, sweep.seed);
    sweeps.push(sweep);
  }
  return sweeps;
}

/** What is unwise about how the worker was started. */
async function warningsOf({ store, spool }: WorkerFlags): Promise<readonly string[]> {
  const exposed = passwordWarning(store);
  const full = await roomProblem(resolve(spool));
  return [
    ...(exposed === null ? [] : [exposed]),
    ...(full === null
      ? []
      : [`--spool: ${full}; an outcome that waits for Redis is lost if this process ends meanwhile`]),
  ];
}

interface Work {
  readonly sweeps: readonly LoadedSweep[];
  readonly slots: readonly SlotEnvironment[];
  readonly flags: WorkerFlags;
  tell(message: string): void;
  /** Where metrics are served, if they are. */
  readonly metrics: MetricsServer | null;
}

/** Runs trials until a signal, or one of the flags, ends the worker. */
async function work(store: RedisStore, { sweeps, slots, flags, tell, metrics }: Work): Promise<ExitCode> {
  for (const sweep of sweeps) {
    for (const refusal of await refusalsOf(store, sweep, flags)) tell(refusal);
  }
  const figures = new WorkerMetrics();
  const options = await workerOptions(store, { sweeps, slots, flags, hear: (event) => figures.hear(event) });
  const worker = await startWorker(options);
  metrics?.show(() => figures.collect(worker, store, options));
  const stops = stopOnSignals(worker, flags.drain === true);
  try {
    await worker.done;
    return stops.exitCode();
  } finally {
    stops.dispose();
  }
}

/** What a worker is to do; what is left out is as `parzen worker` has it. */
export interface Service {
  readonly sweeps: readonly LoadedSweep[];
  readonly slots: readonly SlotEnvironment[];
  readonly flags: Partial<WorkerFlags> & StoreOption;
  /** Hears of everything beside the log. */
  readonly hear?: (event: WorkerEvent) => void;
}

/** What a worker that is started from a shell, or within a run, does. */
export async function workerOptions(
  store: RedisStore,
  { sweeps, slots, flags, hear }: Service,
): Promise<WorkerOptions> {
  const { grace = GRACE_MS, spool = DEFAULT_SPOOL, lock, check, maxTrials = null, idleExit = null } = flags;
  const gpus = await gpuNames(slots);
  const log = logTo(flags.logJson === true);
  return {
    store,
    client: store.client,
    prefix: store.prefix,
    workers: store.workers,
    objectives: sweeps.map((sweep) => objectiveOf(sweep, { store: flags.store, slots, graceMs: grace })),
    slots: slots.length,
    tags: [...(gpus.length > 0 ? ["gpu"] : []), ...(flags.tag ?? [])],
    gpus,
    spool: resolve(spool),
    parzen: packageVersion(),
    ...(lock === undefined ? {} : { leaseMs: lock }),
    ...(check === undefined ? {} : { stalledCheckMs: check }),
    maxTrials,
    idleExitMs: idleExit,
    listener: (event) => {
      log(event);
      hear?.(event);
    },
  };
}

/** Names of the GPUs that the slots have. */
async function gpuNames(slots: readonly SlotEnvironment[]): Promise<readonly string[]> {
  const used = new Set(slots.flatMap(({ gpus }) => gpus.map(String)));
  if (used.size === 0) return [];
  const known = new Map(
    (await listGpus()).flatMap(({ index, uuid, name }) => [
      [String(index), name],
      [uuid, name],
    ]),
  );
  return [...used].map((gpu) => known.get(gpu) ?? gpu);
}
