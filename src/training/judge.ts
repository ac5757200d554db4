import type { Dataset } from "./datasets/dataset.ts";
import type { MetricName } from "./metrics/named.ts";
import { endsInSoftmax } from "./model.ts";
import { predict } from "./predict.ts";
import { preprocess } from "./preprocessing.ts";
import type { SavedModel } from "./saved-model.ts";
import { type Score, scoreOutputs } from "./score.ts";
import type { TensorFlow } from "./tensorflow.ts";

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
