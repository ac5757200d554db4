import type { Pruner } from "../pruners/pruner.ts";
import type { PrunerSpec } from "../pruners/registry.ts";
import type { SamplerSpec } from "../samplers/registry.ts";
import type { Sampler } from "../samplers/sampler.ts";
import type { Assignment } from "../space/assignment.ts";
import type { CompiledSpace } from "../space/compile.ts";
import type { Objective } from "../trial/context.ts";
import type { Fidelity } from "../trial/fidelity.ts";

/** A sweep with every key there. Durations in milliseconds, null for no limit. */
export interface ResolvedSweep {
  readonly name: string;
  readonly space: CompiledSpace;
  /** Expressions that params must satisfy. */
  readonly where: readonly string[];
  /** Exactly one of `objective` and `command` is null. */
  readonly objective: Objective<unknown> | null;
  readonly command: readonly string[] | null;
  readonly direction: "minimize" | "maximize";
  readonly metric: string;
  readonly maxTrials: number;
  readonly timeoutMs: number | null;
  readonly trialTimeoutMs: number | null;
  readonly slots: number;
  /** Null where the place of the files decides. */
  readonly keepModels: number | null;
  readonly sampler: SamplerSpec | Sampler;
  readonly pruner: PrunerSpec | Pruner;
  /** Null where the sweep names no budget. */
  readonly fidelity: Fidelity | null;
  readonly seed: number;
  readonly requires: readonly string[];
  /** As written. */
  readonly data: readonly string[];
  readonly defaults: Assignment | null;
}

/** What a key is where a sweep does not say it. `name` is the file's. */
export const SWEEP_DEFAULTS: Omit<ResolvedSweep, "name" | "space" | "objective" | "command"> = {
  where: [],
  direction: "minimize",
  metric: "loss",
  maxTrials: 100,
  timeoutMs: null,
  trialTimeoutMs: null,
  slots: 1,
  keepModels: null,
  sampler: { name: "auto", options: {} },
  pruner: { name: "none", options: {} },
  fidelity: null,
  seed: 0,
  requires: [],
  data: [],
  defaults: null,
};
