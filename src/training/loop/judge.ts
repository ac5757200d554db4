import { preprocess } from "../data/preprocessing.ts";
import type { Dataset } from "../datasets/dataset.ts";
import type { MetricName } from "../metrics/named.ts";
import { endsInSoftmax } from "../model/model.ts";
import { predict } from "../model/predict.ts";
import type { SavedModel } from "../model/saved-model.ts";
import type { TensorFlow } from "../tensorflow.ts";
import { type Score, scoreOutputs } from "./score.ts";

/** What a model is judged by. */
export interface Judgement {
  readonly dataset: Dataset;
  /** Figures beside those that every score has. */
  readonly metrics: readonly MetricName[] | undefined;
}

/** A function that scores a model, as it is at each call, on one dataset. */
export function judge(
  tf: TensorFlow,
  { model, preprocessing }: SavedModel,
  { dataset, metrics }: Judgement,
): () => Promise<Score> {
  const { inputs } = preprocess(dataset, preprocessing);
  const areProbabilities = endsInSoftmax(model);
  return async () => {
    const values = await predict(tf, model, inputs);
    return scoreOutputs(dataset, { values, areProbabilities }, { preprocessing, metrics });
  };
}
