import { dirname } from "node:path";
import { ParzenError } from "../../src/errors.ts";
import type { Executor } from "../../src/executor/executor.ts";
import { parseGpus, plainSlots, type SlotEnvironment } from "../../src/executor/pool/gpu.ts";
import { processPool } from "../../src/executor/pool/pool.ts";
import type { ProcessPoolOptions } from "../../src/executor/pool/pool-options.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { listGpus } from "../../workers/gpus.ts";

/** What decides how many slots there are, and which GPUs they have. */
export interface SlotFlags {
  readonly slots?: number;
  readonly gpus?: string;
}

/** Sweeps as far as their slots go. */
type Demand = Pick<LoadedSweep, "name" | "requires" | "slots">;

/**
 * The slots of a run or a worker: by `--gpus`, else as many as `--slots` or the sweep says, the most of several. One for
 * each GPU where a sweep requires one and no flag says more.
 *
 * @throws OPTION_INVALID
 */
export async function slotsOf(
  { gpus, slots }: SlotFlags,
  sweeps: readonly Demand[],
): Promise<readonly SlotEnvironment[]> {
  const needy = sweeps.find(({ requires }) => requires.includes("gpu"));
  if (gpus !== undefined && slots !== undefined) {
    throw new ParzenError("OPTION_INVALID", "--slots and --gpus both say how many slots there are; give one of them", {
      hint: "For two slots on GPU 0 write --gpus 0:2",
    });
  }
  if (gpus === undefined && needy === undefined) {
    return plainSlots(slots ?? Math.max(...sweeps.map((sweep) => sweep.slots)));
  }
  const found = await listGpus();
  if (needy !== undefined && found.length === 0) {
    throw new ParzenError("OPTION_INVALID", `${needy.name} requires a GPU, and none was found`, {
      hint: "`nvidia-smi -L` lists the GPUs; to run without one, take `gpu` out of the sweep's `requires`.",
    });
  }
  if (gpus === undefined && slots !== undefined) return plainSlots(slots);
  const wanted = gpus ?? "all";
  const known = /GPU-|MIG-/.test(wanted) ? found.map(({ uuid }) => uuid) : found.map(({ index }) => index);
  return parseGpus(wanted, known, process.env["CUDA_VISIBLE_DEVICES"]);
}

/**
 * What evaluates the trials of a sweep: a child process for each slot, be the objective a function or a command. Children
 * get neither the store's location nor its password, however this process was told.
 */
export function executorOf(
  sweep: LoadedSweep,
  { store, ...options }: Omit<ProcessPoolOptions, "source" | "env"> & { readonly store: string },
): Executor {
  return processPool({ ...options, source: sourceOf(sweep), env: { ...process.env, PARZEN_STORE: store } });
}

function sourceOf({ file, version, command, metric, space }: LoadedSweep): ProcessPoolOptions["source"] {
  if (command === null) return { kind: "module", file, version };
  return { kind: "command", argv: command, cwd: dirname(file), metric, space, version };
}
