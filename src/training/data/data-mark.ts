import { createHash } from "node:crypto";
import type { Dataset } from "../datasets/dataset.ts";
import type { Preprocessing } from "./preprocessing.ts";

/** Tells apart data: of other rows, or of rows that are split otherwise, it is another text. */
export function dataMark({ rows, features, labels }: Dataset, split: object): string {
  return createHash("sha256").update(JSON.stringify({ rows, split })).update(features).update(labels).digest("hex");
}

/** Tells apart what a learner learns from: of other data, or of data prepared otherwise, it is another text. */
export function learnerMark(data: string, preprocessing: Preprocessing): string {
  return createHash("sha256").update(data).update(JSON.stringify(preprocessing)).digest("hex");
}
