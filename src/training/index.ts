/** The training kit: TensorFlow.js on the best backend of the machine, data, splits, metrics. */
export type { Augmentation, AugmentationBatch } from "./augmentation.ts";
export { composeAugmentations } from "./augmentations/compose.ts";
export { type FlipOptions, flip } from "./augmentations/flip.ts";
export { type ShiftOptions, shift } from "./augmentations/shift.ts";
export { BACKENDS, type BackendName, type LoadedBackend, type Refusal } from "./backends/backend.ts";
export { type BackendDescription, describeBackends, type LoadOptions, loadBackend } from "./backends/load.ts";
export type { BatchEndEvent, BatchEvent, Callbacks, EpochEndEvent, EpochEvent } from "./callbacks.ts";
export type { ClassWeights } from "./class-weights.ts";
export type { Clipping } from "./clipping.ts";
export { type CifarOptions, readCifar } from "./datasets/cifar.ts";
export type { ColumnKind } from "./datasets/columns.ts";
export { type DatasetOptions, readDataset, readTable, type Table } from "./datasets/csv.ts";
export {
  type ClassificationDataset,
  type Dataset,
  type ImageShape,
  type RegressionDataset,
  type Samples,
  type Task,
  takeRows,
} from "./datasets/dataset.ts";
export { type IdxFiles, type IdxOptions, readIdx } from "./datasets/idx.ts";
export { type ImageFolderOptions, readImageFolder } from "./datasets/image-folder.ts";
export type { CsvOptions } from "./datasets/records.ts";
export { defineTraining } from "./define-training.ts";
export { type FoldOptions, foldsForSearch } from "./folds.ts";
export { accuracy, confusionMatrix, type F1Average, f1Score, topKAccuracy } from "./metrics/classes.ts";
export {
  absoluteLoss,
  meanAbsoluteError,
  meanSquaredError,
  r2Score,
  rootMeanSquaredError,
  squaredLoss,
} from "./metrics/errors.ts";
export type { ClassMetric, ErrorMetric, MetricName } from "./metrics/named.ts";
export { crossEntropy, mostLikelyClasses, softmax } from "./metrics/probabilities.ts";
export { rocAuc, rocAucOneVsRest } from "./metrics/roc-auc.ts";
export type { ModelShape } from "./model.ts";
export type { OfParams } from "./of-params.ts";
export type { LayerPlace } from "./parameter-groups.ts";
export { modelFiles, readModel } from "./pretrained.ts";
export { fitScaling, type Scaling, scale, unscale } from "./scaling.ts";
export {
  type CosineDecayOptions,
  composeSchedules,
  cosineDecay,
  type Schedule,
  type SchedulePoint,
  type StepDecayOptions,
  stepDecay,
  type WarmUpOptions,
  warmUp,
} from "./schedules.ts";
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
