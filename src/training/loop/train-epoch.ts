import { setImmediate } from "node:timers/promises";
import type { Scalar } from "@tensorflow/tfjs-core";
import { shuffled } from "../../random/shuffled.ts";
import type { TrialSignal } from "../../trial/context.ts";
import type { Learner } from "../learner/learner.ts";
import { scheduleRates } from "../learner/parameter-groups.ts";
import { withSeededMath } from "../learner/seeded-math.ts";
import { takeBatch, trainBatch } from "../learner/train-batch.ts";
import type { TensorFlow } from "../tensorflow.ts";
import type { BatchEvent } from "./callbacks.ts";
import type { Plan } from "./plan.ts";

export interface EpochRun {
  readonly tf: TensorFlow;
  readonly plan: Plan;
  readonly learner: Learner;
  /** From 0. */
  readonly epoch: number;
  readonly signal: TrialSignal;
}

/**
 * Trains a model once over its rows, whose order comes from the trial's seed and the epoch. Between two steps the event
 * loop turns once, so that a signal is seen: this then throws its reason.
 */
export async function trainEpoch(run: EpochRun): Promise<void> {
  const { tf, learner, epoch, plan, signal } = run;
  const { fold, model } = learner;
  const rows = shuffled(
    Int32Array.from({ length: learner.examples.rows }, (_, row) => row),
    learner.stream("shuffle", epoch),
  );
  const [dropout, variation] = [learner.stream("dropout", epoch), learner.stream("augment", epoch)];
  const batches = Math.ceil(rows.length / plan.batchSize);
  await plan.callbacks.onEpochBegin?.({ epoch, fold, model });
  for (let batch = 0; batch < batches; batch++) {
    signal.throwIfAborted();
    const event = { epoch, fold, model, batch, batches };
    await beginStep(run, event);
    const taken = rows.subarray(batch * plan.batchSize, (batch + 1) * plan.batchSize);
    const examples = takeBatch(learner, taken, variation);
    const loss = withSeededMath(dropout, () => trainBatch(tf, learner, { examples, clipping: plan.clipping }));
    await endStep(run, event, loss);
    await setImmediate();
  }
}

async function beginStep({ plan, learner }: EpochRun, event: BatchEvent): Promise<void> {
  await plan.callbacks.onBatchBegin?.(event);
  if (plan.schedule === null) return;
  const epoch = event.epoch + (event.batch + 0.5) / event.batches;
  scheduleRates(learner.groups, plan.schedule({ epoch, epochs: plan.epochs }));
}

/** The loss is read only for who wants to know it: reading waits for the backend. */
async function endStep({ plan }: EpochRun, event: BatchEvent, loss: Scalar): Promise<void> {
  try {
    const { callbacks } = plan;
    if (callbacks.onBatchEnd === undefined) return;
    const [value = Number.NaN] = await loss.data();
    await callbacks.onBatchEnd({ ...event, loss: value });
  } finally {
    loss.dispose();
  }
}
