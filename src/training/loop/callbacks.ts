import type { LayersModel } from "@tensorflow/tfjs-layers";

/** Where a training is when it calls a hook. */
export interface EpochEvent {
  /** From 0. */
  readonly epoch: number;
  /** Which of the models is trained, from 0; 0 without `folds`. */
  readonly fold: number;
  /** The model as it is now. */
  readonly model: LayersModel;
}

/** The end of an epoch, with its figures on the validation split. */
export interface EpochEndEvent extends EpochEvent {
  readonly loss: number;
  readonly metrics: { readonly [name: string]: number };
}

/** One step of an epoch. */
export interface BatchEvent extends EpochEvent {
  /** From 0. */
  readonly batch: number;
  /** Steps of the epoch. */
  readonly batches: number;
}

/** The end of a step. */
export interface BatchEndEvent extends BatchEvent {
  /** What this step minimized: the mean loss of its rows, weight penalties included, before the step. */
  readonly loss: number;
}

/** Hooks of one's own. A promise is awaited; a throw fails the trial. A resumed training calls those of what is left. */
export interface Callbacks {
  onEpochBegin?(event: EpochEvent): unknown;
  onEpochEnd?(event: EpochEndEvent): unknown;
  onBatchBegin?(event: BatchEvent): unknown;
  onBatchEnd?(event: BatchEndEvent): unknown;
}
