import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";
import type { TestableObjective } from "../trial/context.ts";
import { checkBackendName } from "./backends/load.ts";
import { studyData } from "./data/study-data.ts";
import { evaluateTraining } from "./evaluate-training.ts";
import { checkGoal } from "./metrics/goal.ts";
import { checkMetrics } from "./metrics/named.ts";
import { modelFiles } from "./model/pretrained.ts";
import { testTraining } from "./test-training.ts";
import type { Training } from "./training.ts";
import { checkTraining } from "./training-check.ts";

/**
 * Makes a training an objective.
 *
 * Its loss is the lowest validation loss over the epochs: cross-entropy in nats for classes, the root mean squared
 * error in the target's unit for regression. The weights of that epoch are kept as the trial's artifacts and judged on
 * the sealed test split when the trial is selected. With `folds` the loss is the mean of as many models, and the test
 * fits one more on all of their rows. The same seed on the same backend gives bit-identical losses, also where a trial
 * was killed and goes on from its checkpoint.
 *
 * @throws ParzenError OPTION_INVALID for an option that there is not, and a metric that the task does not have
 */
export function defineTraining<S extends RootSpace>(training: Training<S>): TestableObjective<ParamsOf<S>> {
  checkTraining(training);
  if (training.metrics !== undefined) checkMetrics(training.metrics, training.task);
  const data = studyData(training);
  return {
    evaluate: (params, trial) => evaluateTraining({ training, params, trial, data }),
    async check(study) {
      checkGoal(training.task, study);
      checkBackendName({ prefer: training.backend });
      const { pretrained } = training;
      if (typeof pretrained === "string" || pretrained instanceof URL) modelFiles(pretrained);
      await data.check(study.studySeed);
    },
    test: (params, trial) => testTraining({ training, params, trial, data }),
  };
}
