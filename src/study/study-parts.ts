import type { Pruner } from "../pruners/pruner.ts";
import type { Store } from "../store/store.ts";
import type { StudyRecord } from "../store/study-record.ts";
import type { Proposer } from "./proposal/propose.ts";

/** What a study is assembled from. */
export interface StudyParts extends Proposer {
  readonly store: Store;
  readonly record: StudyRecord;
  readonly pruner: Pruner;
  /** Whether closing the study closes the store. */
  readonly ownsStore: boolean;
}
