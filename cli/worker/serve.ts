import { resolve } from "node:path";
import type { SlotEnvironment } from "../../src/executor/pool/gpu.ts";
import type { RedisStore } from "../../src/store/redis/redis-store.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { startWorker } from "../../workers/worker.ts";
import type { ExitCode } from "../exit.ts";
import { listenForScrapes } from "../metrics/server.ts";
import { WorkerMetrics } from "../metrics/worker-metrics.ts";
import { passwordWarning } from "../options/store-argument.ts";
import { withRedis } from "../options/store-option.ts";
import { roomProblem } from "../room.ts";
import type { PageServer } from "../server/page-server.ts";
import { checkObjective } from "../sweep/check-objective.ts";
import { slotsOf } from "../sweep/executor.ts";
import { openSweep } from "../sweep/open-sweep.ts";
import { checkProgram } from "../sweep/program-file.ts";
import { checkScript } from "../sweep/script-file.ts";
import type { WorkerFlags } from "./flags.ts";
import { messageTo } from "./log.ts";
import { refusalsOf } from "./refusals.ts";
import { stopOnSignals } from "./stops.ts";
import { workerOptions } from "./worker-options.ts";

/** `parzen worker`. @returns its exit code, once it has ended */
export async function serve(typed: readonly string[], flags: WorkerFlags): Promise<ExitCode> {
  const sweeps = await checkedSweeps(typed);
  const slots = await slotsOf(flags, sweeps);
  const tell = messageTo(flags.logJson === true);
  const warn = (message: string): void => tell(`warning: ${message}`);
  for (const warning of await warningsOf(flags)) warn(warning);
  const metrics = flags.metricsPort === undefined ? null : await listenForScrapes(flags.metricsPort);
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
    await checkScript(sweep);
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
  readonly metrics: PageServer | null;
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
