import { invalid, isCount, isObject } from "./option-check.ts";

/** How trials run in this process. */
export interface OptimizeOptions extends Pick<DriveOptions, "keepModels"> {
  /** Trials of an asynchronous objective evaluated at once. Default 1. */
  readonly parallelism?: number;
  /** Aborted: running trials are asked to end and go back to the queue, and the study ends as "interrupted". */
  readonly signal?: AbortSignal;
}

/** How trials run on an executor or a fleet. */
export interface DriveOptions {
  /** Name of the sweep whose objective is meant. Default: the study's name. */
  readonly objective?: string;
  /** Hash of the objective's code. Default null: a function of this process. */
  readonly version?: string | null;
  /** Run although another process already does. Default false. */
  readonly join?: boolean;
  /** On a fleet: at most so many trials queued or running. Default: the slots of its live workers. */
  readonly parallelism?: number | null;
  /** How long the driver, and a trial of its own slots, counts as alive without a sign of life. Default 60,000. */
  readonly leaseMs?: number;
  /** Of how many of the best trials files are kept; null is of all. Default: all in a directory, 3 in Redis. */
  readonly keepModels?: number | null | undefined;
  /** Aborted: propose nothing more and let running trials end. */
  readonly drain?: AbortSignal;
  /** Aborted: hand running trials back at once. */
  readonly halt?: AbortSignal;
}

/** @throws OPTION_INVALID for what cannot be run */
export function checkOptimize(
  objective: unknown,
  options: { readonly parallelism?: number; readonly signal?: unknown; readonly keepModels?: unknown },
): void {
  const isObjective =
    typeof objective === "function" || (isObject(objective) && typeof objective["evaluate"] === "function");
  if (!isObjective) throw invalid("objective", "a function, or { evaluate, test }", objective);
  const { parallelism = 1, signal, keepModels = null } = options;
  if (!isCount(1)(parallelism)) throw invalid("parallelism", "an integer from 1", parallelism);
  if (keepModels !== null && !isCount(1)(keepModels))
    throw invalid("keepModels", "an integer from 1, or null", keepModels);
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw invalid("signal", "an AbortSignal", signal);
}
