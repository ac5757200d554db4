import { createHash } from "node:crypto";
import type { Dataset } from "./datasets/dataset.ts";
import type { Preprocessing } from "./preprocessing.ts";
import type { SearchSplit } from "./splits.ts";

/** Tells apart what learners learn from and are judged by: of other rows, or rows prepared otherwise, it is another text. */
export function dataMark({ train, validation }: SearchSplit<Dataset>, preprocessing: Preprocessing): string {
  const hash = createHash("sha256").update(JSON.stringify(preprocessing));
  for (const { rows, features, labels } of [train, validation]) {
    hash.update(`${rows};`).update(features).update(labels);
  }
  return hash.digest("hex");
}
