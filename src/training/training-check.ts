import { checkNames, invalid } from "../trial/option-check.ts";
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

/** Refuses what types alone cannot: an option that there is not, another task. @throws ParzenError OPTION_INVALID */
export function checkTraining(training: unknown): void {
  const { task } = checkNames(training, Object.keys(NAMES));
  if (task !== "classification" && task !== "regression") {
    throw invalid("task", '"classification" or "regression"', task);
  }
}
