import { checkNames, invalid } from "../trial/option-check.ts";
import { checkFunction } from "./argument-check.ts";
import { weightsWithoutClasses } from "./data/class-weights.ts";
import type { Clipping } from "./learner/clipping.ts";
import type { Callbacks } from "./loop/callbacks.ts";
import { LAWFUL, lawful, lawfulCallbacks, lawfulClipping } from "./setting-laws.ts";
import type { Training } from "./training.ts";

const NAMES: { readonly [K in keyof Required<Training>]: true } = {
  space: true,
  task: true,
  data: true,
  model: true,
  optimizer: true,
  epochs: true,
  batchSize: true,
  patience: true,
  minDelta: true,
  schedule: true,
  layerRate: true,
  clipping: true,
  classWeights: true,
  augment: true,
  callbacks: true,
  pretrained: true,
  folds: true,
  split: true,
  standardize: true,
  checkpointEvery: true,
  metrics: true,
  backend: true,
};

const FUNCTIONS: readonly (keyof Training)[] = ["data", "model", "optimizer"];
const OPTIONAL_FUNCTIONS: readonly (keyof Training)[] = ["schedule", "layerRate", "augment"];

/**
 * Refuses what types alone cannot: an option that there is not, another task, and a value that is wrong whatever the
 * params are. What a function of the params gives is looked at in each trial.
 *
 * @throws ParzenError OPTION_INVALID
 */
export function checkTraining(training: unknown): void {
  const given = checkNames(training, Object.keys(NAMES));
  const { task, clipping, callbacks, pretrained } = given;
  if (task !== "classification" && task !== "regression") {
    throw invalid("task", '"classification" or "regression"', task);
  }
  for (const name of FUNCTIONS) checkFunction(name, given[name]);
  for (const name of OPTIONAL_FUNCTIONS) if (given[name] !== undefined) checkFunction(name, given[name]);
  if (task === "regression" && given["classWeights"] !== undefined) throw weightsWithoutClasses();
  if (given["epochs"] === undefined) lawful("epochs", undefined);
  for (const name of LAWFUL) if (isFixed(given[name])) lawful(name, given[name]);
  if (isFixed(pretrained) && typeof pretrained !== "string" && !(pretrained instanceof URL)) {
    throw invalid("pretrained", "a path or a URL", pretrained);
  }
  if (isFixed(clipping)) lawfulClipping(clipping as Clipping); // which looks at what it is
  if (isFixed(callbacks)) lawfulCallbacks(callbacks as Callbacks); // likewise
}

/** Whether a setting is given, and not by a function of the params. */
function isFixed(value: unknown): boolean {
  return value !== undefined && typeof value !== "function";
}
