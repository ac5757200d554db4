import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunFlags } from "../../../cli/run/flags.ts";
import { planRun, type RunPlan } from "../../../cli/run/plan.ts";

/** A study of trials that take no time, in a store of its own. */
export const ECHO = 'command: [echo, "loss={x}"]\nspace: { x: { uniform: [0, 1] } }\nmaxTrials: 3\n';

/** Writes `sweep.yaml` into a folder and plans a run of it. */
export function planIn(folder: string, sweep: string, flags: Partial<RunFlags> = {}): Promise<RunPlan> {
  writeFileSync(join(folder, "sweep.yaml"), sweep);
  return planRun(join(folder, "sweep.yaml"), { store: "memory:", ...flags });
}
