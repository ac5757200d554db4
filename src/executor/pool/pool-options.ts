import type { CompiledSpace } from "../../space/compile.ts";
import type { SlotEnvironment } from "./gpu.ts";

/** Where the objective is: the function of a sweep file, or a program. */
export type TrialSource =
  | {
      readonly kind: "module";
      /** The sweep file, TypeScript or JavaScript; each child loads it once. */
      readonly file: string;
      /** Hash of the objective's code; a task that means another is refused, and so is a child that loads another. */
      readonly version?: string;
    }
  | {
      readonly kind: "command";
      /** The program and its arguments, which no shell sees; `{name}` and `{args}` are replaced by params. */
      readonly argv: readonly string[];
      /** Working directory of the program. */
      readonly cwd: string;
      /** Name of the loss among what the program gives. */
      readonly metric: string;
      /** The compiled space of the study: it turns an assignment into arguments and variables. */
      readonly space: CompiledSpace;
      /** Hash of the program; a task that means another is refused. */
      readonly version?: string;
    };

/** What `processPool` runs, and within which limits. Times are in milliseconds and may be of any length. */
export interface ProcessPoolOptions {
  /** Where the objective is. */
  readonly source: TrialSource;
  /** How many trials run at once, or one description for each slot: its GPUs and variables. Default 1. */
  readonly slots?: number | readonly SlotEnvironment[];
  /** How long one trial may take from its start in a child that is ready; null is no limit. Default null. */
  readonly trialTimeoutMs?: number | null;
  /** Between asking a trial to end and killing it with all it started. Default 5000. */
  readonly graceMs?: number;
  /** How many trials a child runs before a fresh one takes its place; null is no limit. Modules only. Default null. */
  readonly recycleAfter?: number | null;
  /** Resident memory in MB above which a child is replaced after its trial; null is no limit. Modules only. Default null. */
  readonly memoryLimitMb?: number | null;
  /** Heap of a child in MB: a trial that needs more fails; null is the runtime's own limit. Modules only. Default null. */
  readonly heapLimitMb?: number | null;
  /** How long a child may take to load its sweep file. Modules only. Default 60000. */
  readonly readyWithinMs?: number;
  /** What children inherit, less `PARZEN_STORE` and URLs with passwords. Default this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
}
