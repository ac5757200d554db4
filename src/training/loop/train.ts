import type { TrialContext } from "../../trial/context.ts";
import { readWeights } from "../model/model.ts";
import type { TensorFlow } from "../tensorflow.ts";
import type { Plan } from "./plan.ts";
import { advance, BEGINNING, isBest, isOver, type Progress } from "./progress.ts";
import { meanScore, type Score } from "./score.ts";
import { trainEpoch } from "./train-epoch.ts";
import { type ResumableLearner, TrainingCheckpoint } from "./training-checkpoint.ts";

/** A learner with what it is judged by. */
export interface JudgedLearner extends ResumableLearner {
  /** Scores the model as it is on the validation split. */
  validate(): Promise<Score>;
}

export interface TrainingRun {
  readonly tf: TensorFlow;
  readonly plan: Plan;
  readonly trial: TrialContext;
  readonly learners: readonly JudgedLearner[];
}

export interface TrainingResult {
  readonly progress: Progress;
  /** Whether a verdict ended the training early. */
  readonly isStopped: boolean;
  /** Why the store keeps no checkpoints of it; null where it does. */
  readonly refusal: string | null;
}

/**
 * Trains epoch by epoch, all models of the trial by turns, and reports the mean of their validation losses, so that the
 * reports of any two trials compare. An earlier attempt's checkpoint is where it begins.
 */
export async function train(run: TrainingRun): Promise<TrainingResult> {
  const checkpoint = new TrainingCheckpoint(run.tf, run.trial, run.learners);
  const result = (isStopped: boolean): TrainingResult => ({ progress, isStopped, refusal: checkpoint.refusal });
  let progress = (await checkpoint.resume()) ?? BEGINNING;
  while (!isOver(progress, run.plan)) {
    const score = await trainOnce(run, progress.epochs);
    const weights = isBest(progress, score.loss)
      ? await Promise.all(run.learners.map(({ model }) => readWeights(model)))
      : null;
    progress = advance(progress, { score, weights }, run.plan);
    if (progress.isDiverged) break;
    const verdict = await run.trial.report(progress.epochs - 1, score.loss);
    if (verdict !== "continue") return result(true);
    if (isOver(progress, run.plan) || progress.epochs % run.plan.checkpointEvery !== 0) continue;
    if ((await checkpoint.save(progress)) !== "continue") return result(true);
  }
  return result(false);
}

/** One epoch of every model. */
async function trainOnce({ tf, plan, trial, learners }: TrainingRun, epoch: number): Promise<Score> {
  const scores: Score[] = [];
  for (const learner of learners) {
    await trainEpoch({ tf, plan, learner, epoch, signal: trial.signal });
    const score = await learner.validate();
    await plan.callbacks.onEpochEnd?.({ epoch, fold: learner.fold, model: learner.model, ...score });
    scores.push(score);
  }
  return meanScore(scores);
}
