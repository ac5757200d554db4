import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";
import type { TrialContext } from "../trial/context.ts";
import type { StudyData } from "./data/study-data.ts";
import type { Training } from "./training.ts";

/** One trial of a training. */
export interface TrainingTrial<S extends RootSpace> {
  readonly training: Training<S>;
  readonly params: ParamsOf<S>;
  readonly trial: TrialContext;
  readonly data: StudyData;
}
