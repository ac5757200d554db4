import { ParzenError, show } from "../../errors.ts";
import type { CheckContext } from "../../trial/context.ts";
import type { Task } from "../datasets/dataset.ts";
import { isMetricOf } from "./named.ts";

/** The figure that is the loss of a training. */
const LOSSES = { classification: "crossEntropy", regression: "rmse" } as const satisfies {
  readonly [task in Task]: string;
};

/**
 * Refuses a study that would show the loss under the name of another figure, or look for the worst one. Any name that is
 * no figure of the task is free.
 *
 * @throws ParzenError OPTION_INVALID
 */
export function checkGoal(task: Task, { metric, direction }: CheckContext): void {
  const loss = LOSSES[task];
  if (metric !== loss && isMetricOf(metric, task)) throw refused(`metric: expected ${loss}`, metric);
  if (direction !== "minimize") throw refused(`direction: expected minimize for ${loss}`, direction);
}

function refused(expected: string, received: string): ParzenError {
  return new ParzenError("OPTION_INVALID", `${expected}, the loss of this training, received ${show(received)}`, {
    hint: "To choose by another figure, minimize one made of it, such as 1 - auc: docs/training.md shows how.",
  });
}
