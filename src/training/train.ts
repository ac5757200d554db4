import { setImmediate } from "node:timers/promises";
import type { Optimizer } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type Rng, stream } from "../random/stream.ts";
import type { TrialContext } from "../trial/context.ts";
import type { BatchLoss } from "./batch-loss.ts";
import { applyModel, readWeights, trainableVariables, type Weight } from "./model.ts";
import type { Examples } from "./preprocessing.ts";
import type { Score } from "./score.ts";
import { withSeededMath } from "./seeded-math.ts";
import { shuffled } from "./splits.ts";
import type { TensorFlow } from "./tensorflow.ts";

export interface TrainingRun {
  readonly tf: TensorFlow;
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  readonly loss: BatchLoss;
  readonly examples: Examples;
  readonly batchSize: number;
  readonly epochs: number;
  /** Ends training when so many epochs in a row brought no lower validation loss; null trains all epochs. */
  readonly patience: number | null;
  /** Source of dropout masks. */
  readonly rng: Rng;
  readonly trial: TrialContext;
  /** Judges the model as it is on the validation split. */
  validate(): Promise<Score>;
}

export interface TrainingResult {
  /** Epochs that were trained. */
  readonly epochs: number;
  /** Null where no epoch gave a finite loss. */
  readonly best: BestEpoch | null;
  /** Whether a verdict ended the training early. */
  readonly isStopped: boolean;
}

export interface BestEpoch {
  /** From 0. */
  readonly epoch: number;
  readonly score: Score;
  readonly weights: readonly Weight[];
}

/**
 * Trains epoch by epoch, reporting each validation loss. The order of the rows comes from the trial's seed. Between
 * two batches the event loop turns once, so that a signal is seen: training then throws its reason.
 */
export async function train(run: TrainingRun): Promise<TrainingResult> {
  const order = stream(run.trial.seed, "shuffle");
  let best: BestEpoch | null = null;
  for (let epoch = 0; epoch < run.epochs; epoch++) {
    await trainEpoch(run, order);
    const score = await run.validate();
    // Weights that have diverged stay NaN: nothing follows.
    if (!Number.isFinite(score.loss)) return { epochs: epoch + 1, best, isStopped: false };
    if (best === null || score.loss < best.score.loss) best = { epoch, score, weights: await readWeights(run.model) };
    const verdict = await run.trial.report(epoch, score.loss);
    if (verdict !== "continue") return { epochs: epoch + 1, best, isStopped: true };
    if (run.patience !== null && epoch - best.epoch >= run.patience) {
      return { epochs: epoch + 1, best, isStopped: false };
    }
  }
  return { epochs: run.epochs, best, isStopped: false };
}

async function trainEpoch(run: TrainingRun, order: Rng): Promise<void> {
  const { examples, batchSize } = run;
  const rows = shuffled(
    Int32Array.from({ length: examples.rows }, (_, row) => row),
    order,
  );
  for (let start = 0; start < rows.length; start += batchSize) {
    run.trial.signal.throwIfAborted();
    withSeededMath(run.rng, () => trainBatch(run, rows.subarray(start, start + batchSize)));
    await setImmediate();
  }
}

function trainBatch({ tf, model, optimizer, loss, examples }: TrainingRun, rows: Int32Array): void {
  tf.tidy(() => {
    const inputs = gather(tf, examples.inputs, examples.rows, rows);
    const targets = gather(tf, examples.targets, examples.rows, rows);
    const total = () => {
      const batch = loss(applyModel(model, inputs, { training: true }), targets);
      return model.calculateLosses().reduce((sum, regularization) => tf.add(sum, regularization), batch);
    };
    optimizer.minimize(total, false, trainableVariables(model));
  });
}

/** @param values row-major, `count` rows */
function gather(tf: TensorFlow, values: Float32Array, count: number, rows: Int32Array) {
  const columns = values.length / count;
  const picked = new Float32Array(rows.length * columns);
  for (const [at, row] of rows.entries()) picked.set(values.subarray(row * columns, (row + 1) * columns), at * columns);
  return tf.tensor2d(picked, [rows.length, columns]);
}
