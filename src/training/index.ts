/** The training kit: TensorFlow.js on the best backend of the machine, data, splits, metrics. */
export type { Augmentation, AugmentationBatch } from "./augmentations/augmentation.ts";
export { composeAugmentations } from "./augmentations/compose.ts";
export { type FlipOptions, flip } from "./augmentations/flip.ts";
export { type ShiftOptions, shift } from "./augmentations/shift.ts";
export { BACKENDS, type BackendName, type LoadedBackend, type Refusal } from "./backends/backend.ts";
export { type BackendDescription, describeBackends, type LoadOptions, loadBackend } from "./backends/load.ts";
export type { ClassWeights } from "./data/class-weights.ts";
export { type FoldOptions, foldsForSearch } from "./data/folds.ts";
export { fitScaling, type Scaling, scale, unscale } from "./data/scaling.ts";
export {
  DEFAULT_FRACTIONS,
  type SearchSplit,
  type SplitFractions,
  type SplitOptions,
  sealedTestSplit,
  splitForSearch,
} from "./data/splits.ts";
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
export type { Clipping } from "./learner/clipping.ts";
export type { LayerPlace } from "./learner/parameter-groups.ts";
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
} from "./learner/schedules.ts";
export { withSeededMath } from "./learner/seeded-math.ts";
export type { BatchEndEvent, BatchEvent, Callbacks, EpochEndEvent, EpochEvent } from "./loop/callbacks.ts";
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
export type { ModelShape } from "./model/model.ts";
export { modelFiles, readModel } from "./model/pretrained.ts";
export type { OfParams } from "./of-params.ts";
export type { TensorFlow } from "./tensorflow.ts";
export type { ModelContext, Training } from "./training.ts";
