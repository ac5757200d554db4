import type { SlotEnvironment } from "../../src/executor/pool/gpu.ts";
import { fingerprint } from "../../src/space/fingerprint.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { provenanceOf } from "../../src/sweep/provenance.ts";
import type { WorkerObjective } from "../../workers/options.ts";
import { executorOf } from "../sweep/executor.ts";

/** What a worker is to run of a sweep, in child processes. */
export function objectiveOf(
  sweep: LoadedSweep,
  {
    store,
    slots,
    graceMs,
  }: { readonly store: string; readonly slots: readonly SlotEnvironment[]; readonly graceMs: number },
): WorkerObjective {
  const { name, version, requires, source, trialTimeoutMs } = sweep;
  return {
    name,
    version,
    requires,
    ...provenanceOf(sweep),
    fingerprint: fingerprint(source),
    executor: () => executorOf(sweep, { store, slots, graceMs, trialTimeoutMs }),
  };
}
