import { ParzenError, show } from "../errors.ts";
import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";
import type { Callbacks } from "./callbacks.ts";
import type { Clipping } from "./clipping.ts";
import { valueFor } from "./of-params.ts";
import type { EndRules } from "./progress.ts";
import type { Schedule } from "./schedules.ts";
import type { Training } from "./training.ts";

/** How one trial trains: the settings of a training for its params, with their defaults, checked. */
export interface Plan extends EndRules {
  readonly batchSize: number;
  readonly schedule: Schedule | null;
  readonly clipping: Clipping;
  readonly checkpointEvery: number;
  readonly callbacks: Callbacks;
}

/** @throws ParzenError OPTION_INVALID */
export function planFor<S extends RootSpace>(training: Training<S>, params: ParamsOf<S>): Plan {
  const clipping = valueFor<S, Clipping>(training.clipping ?? {}, params);
  for (const bound of ["value", "norm"] as const) {
    if (clipping[bound] !== undefined) checkPositive(`clipping: ${bound}`, clipping[bound]);
  }
  return {
    epochs: count("epochs", valueFor<S, number>(training.epochs, params)),
    batchSize: count("batchSize", valueFor<S, number>(training.batchSize ?? 32, params)),
    patience:
      training.patience === undefined ? null : count("patience", valueFor<S, number>(training.patience, params)),
    minDelta: checkMinDelta(valueFor<S, number>(training.minDelta ?? 0, params)),
    schedule: training.schedule?.(params) ?? null,
    clipping,
    checkpointEvery: count("checkpointEvery", training.checkpointEvery ?? 1),
    callbacks: valueFor<S, Callbacks>(training.callbacks ?? {}, params),
  };
}

function count(what: string, value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 1) return value;
  throw invalid(what, "a positive integer", value);
}

function checkPositive(what: string, value: unknown): void {
  if (!(typeof value === "number" && value > 0)) throw invalid(what, "a number above 0", value);
}

function checkMinDelta(value: unknown): number {
  if (typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  throw invalid("minDelta", "a number from 0 on", value);
}

function invalid(what: string, expected: string, value: unknown): ParzenError {
  return new ParzenError("OPTION_INVALID", `${what}: expected ${expected}, received ${show(value)}`);
}
