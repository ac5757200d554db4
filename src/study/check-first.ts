import type { Objective } from "../trial/context.ts";
import { isFinished } from "./view/stopping.ts";
import type { StudyView } from "./view/view.ts";

/** Has an objective check what its trials need, where there are to be any. @throws what it finds */
export async function checkFirst<P>(objective: Objective<P>, view: StudyView): Promise<void> {
  if (typeof objective === "function" || isFinished(view)) return;
  const { seed: studySeed, metric, direction } = view.study;
  await objective.check?.({ studySeed, metric, direction });
}
