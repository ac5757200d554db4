import type { Store } from "../src/store/store.ts";
import { isSameHolder } from "../src/store/study-change.ts";
import type { StudyRecord } from "../src/store/study-record.ts";
import { isDead, thisHolder } from "../src/study/attempt/holder.ts";
import { isRunningHere } from "../src/study/attempt/running-here.ts";
import type { RunningTrial, Trial } from "../src/trial/trial.ts";

const HANDED_BACK = { kind: "handed-back" } as const;

/** Returns the trial of a dead worker, whose job came back, to the queue. Null where its worker may still live. */
export async function returnIfAbandoned(store: Store, study: StudyRecord, trial: RunningTrial): Promise<Trial | null> {
  const { holder, attempt, number } = trial;
  // Where the answer to this process's own claim got lost, nothing was begun.
  const isUnbegun = isSameHolder(holder, thisHolder(holder.slot)) && !isRunningHere(study.id, number);
  const outcome = isUnbegun ? HANDED_BACK : { kind: "lost" as const, message: `lost with ${holder.host}` };
  const fence = isUnbegun || isDead(holder) ? { attempt } : { attempt, ifExpired: true };
  const committed = await store.commit(study.name, number, fence, { outcome, log: "" });
  return committed.kind === "committed" ? committed.trial : null;
}
