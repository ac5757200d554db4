import { createHash } from "node:crypto";
import type { Dataset } from "../datasets/dataset.ts";
import type { Preprocessing } from "./preprocessing.ts";

/** A hash of the rows and of how they are split: a training that was killed goes on only where it is the same. */
export function dataMark({ rows, features, labels }: Dataset, split: object): string {
  return createHash("sha256").update(JSON.stringify({ rows, split })).update(features).update(labels).digest("hex");
}

/** The same for one learner, with how its inputs and targets were scaled. */
export function learnerMark(data: string, preprocessing: Preprocessing): string {
  return createHash("sha256").update(data).update(JSON.stringify(preprocessing)).digest("hex");
}
