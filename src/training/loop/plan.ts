import type { ParamsOf } from "../../space/infer.ts";
import type { RootSpace } from "../../space/node.ts";
import type { Clipping } from "../learner/clipping.ts";
import type { Schedule } from "../learner/schedules.ts";
import { valueFor } from "../of-params.ts";
import { lawful, lawfulCallbacks, lawfulClipping, lawfulSchedule } from "../setting-laws.ts";
import type { Training } from "../training.ts";
import type { Callbacks } from "./callbacks.ts";
import type { EndRules } from "./progress.ts";

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
  return {
    epochs: lawful("epochs", valueFor<S, number>(training.epochs, params)),
    batchSize: lawful("batchSize", valueFor<S, number>(training.batchSize ?? 32, params)),
    patience:
      training.patience === undefined ? null : lawful("patience", valueFor<S, number>(training.patience, params)),
    minDelta: lawful("minDelta", valueFor<S, number>(training.minDelta ?? 0, params)),
    schedule: lawfulSchedule(training.schedule?.(params) ?? null),
    clipping: lawfulClipping(valueFor<S, Clipping>(training.clipping ?? {}, params)),
    checkpointEvery: lawful("checkpointEvery", training.checkpointEvery ?? 1),
    callbacks: lawfulCallbacks(valueFor<S, Callbacks>(training.callbacks ?? {}, params)),
  };
}
