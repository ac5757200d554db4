import { resolve } from "node:path";
import type { SlotEnvironment } from "../../src/executor/pool/gpu.ts";
import type { RedisStore } from "../../src/store/redis/redis-store.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { listGpus } from "../../workers/gpus.ts";
import type { WorkerEvent, WorkerOptions } from "../../workers/options.ts";
import type { StoreOption } from "../options/store-option.ts";
import { packageVersion } from "../package-version.ts";
import { DEFAULT_SPOOL, GRACE_MS, type WorkerFlags } from "./flags.ts";
import { logTo } from "./log.ts";
import { objectiveOf } from "./objectives.ts";

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
