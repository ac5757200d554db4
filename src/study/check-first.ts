import type { Objective } from "../trial/context.ts";
import { stoppedBy } from "./stopping.ts";
import type { StudyView } from "./view.ts";

/** Has an objective check what its trials need, where there are to be any. @throws what it finds */
export async function checkFirst<P>(objective: Objective<P>, view: StudyView): Promise<void> {
  if (typeof objective === "function" || stoppedBy(view, 0) !== null) return;
  await objective.check?.({ studySeed: view.study.seed });
}
