/** The training kit: TensorFlow.js on the best backend of the machine, data, splits, metrics. */
export { BACKENDS, type BackendName, type LoadedBackend, type Refusal } from "./backends/backend.ts";
export { type BackendDescription, describeBackends, type LoadOptions, loadBackend } from "./backends/load.ts";
export { type DatasetOptions, readDataset, readTable, type Table } from "./datasets/csv.ts";
export {
  type ClassificationDataset,
  type Dataset,
  type RegressionDataset,
  type Samples,
  type Task,
  takeRows,
} from "./datasets/dataset.ts";
export type { CsvOptions } from "./datasets/records.ts";
export { defineTraining } from "./define-training.ts";
export {
  accuracy,
  crossEntropy,
  meanAbsoluteError,
  meanSquaredError,
  mostLikelyClasses,
  rootMeanSquaredError,
  softmax,
} from "./metrics.ts";
export type { ModelShape } from "./model.ts";
export { fitScaling, type Scaling, scale, unscale } from "./scaling.ts";
export { withSeededMath } from "./seeded-math.ts";
export {
  DEFAULT_FRACTIONS,
  type SearchSplit,
  type SplitFractions,
  type SplitOptions,
  sealedTestSplit,
  splitForSearch,
} from "./splits.ts";
export type { TensorFlow } from "./tensorflow.ts";
export type { ModelContext, Training } from "./training.ts";
