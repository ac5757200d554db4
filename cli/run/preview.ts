import type { SlotEnvironment } from "../../src/executor/pool/gpu.ts";
import { decode } from "../../src/space/decode.ts";
import type { Giver, KnownResult } from "../../src/study/fitting-results.ts";
import { createStudy } from "../../src/study/open.ts";
import { type From, previewFrom } from "./from.ts";
import type { RunPlan } from "./plan.ts";
import type { Search } from "./search.ts";

/** How many trials are shown as examples. */
const EXAMPLES = 3;

/** What the store knows of the study that a plan means. */
export interface Existing {
  /** Numbers given out. */
  readonly trials: number;
  /** Whether `--fresh` would rename it and begin a new one. */
  readonly isReplaced: boolean;
}

/** A run that is only to be shown. */
export interface DryRun {
  readonly plan: RunPlan;
  readonly slots: readonly SlotEnvironment[];
  /** Null where the study would be new. */
  readonly existing: Existing | null;
  /** The studies of `--from`. */
  readonly givers: readonly Giver[];
  readonly search: Search;
}

/** What comes first in a run. */
export interface Preview {
  readonly from: readonly From[];
  /** Params of the first trials. */
  readonly examples: readonly unknown[];
}

/** Looks at the first trials of a run, in a study in memory. */
export async function previewOf(dryRun: DryRun): Promise<Preview> {
  const { from, results } = previewFrom(dryRun.givers, dryRun.plan);
  return { from, examples: await firstParams(dryRun, results) };
}

/** The params of the first trials of a new study: the sweep's own ones, then what the sampler proposes. */
async function firstParams(
  { plan: { sweep }, search: { sampler, seed, maxTrials } }: DryRun,
  known: readonly KnownResult[],
): Promise<readonly unknown[]> {
  const defaults = sweep.defaults === null ? [] : [decode(sweep.space, sweep.defaults)];
  const { source: space, where, fidelity } = sweep;
  const study = await createStudy({ space, where, sampler, seed, maxTrials, ...(fidelity && { fidelity }) });
  const params = [];
  try {
    await study.store.importObservations(study.name, known);
    for (const given of defaults) await study.enqueue(given as never); // decoded from the very space
    while (params.length < EXAMPLES) {
      const asked = await study.ask();
      if (asked === null) break;
      params.push(asked.params);
    }
    return params;
  } finally {
    await study.close();
  }
}
