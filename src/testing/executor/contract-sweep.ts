import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RootSpace } from "../../space/node.ts";
import type { TestableObjective } from "../../trial/context.ts";
import { type ContractParams, contractObjective, contractSpace } from "./sweep.ts";

/** What an executor under contract evaluates. */
export interface ContractSweep {
  /** The sweep as a module, for an executor whose child processes load one. It imports nothing. */
  readonly file: string;
  readonly space: RootSpace;
  /** The objective itself, for an executor of this process. */
  readonly objective: TestableObjective<ContractParams>;
}

/** The sweep of `describeExecutorContract`: its one choice says how the objective behaves. */
export const contractSweep: ContractSweep = {
  file: builtFile("sweep.js"),
  space: contractSpace,
  objective: contractObjective,
};

/** A child runs what is built, also where this module itself was loaded from its TypeScript source. */
function builtFile(name: string): string {
  const here = fileURLToPath(import.meta.url);
  if (!here.endsWith(".ts")) return join(dirname(here), name);
  return join(dirname(here), "..", "..", "..", "dist", "src", "testing", "executor", name);
}
