import type { Store } from "../src/store/store.ts";
import { isGone } from "../src/store/study-errors.ts";
import { commitOnce } from "../src/study/attempt/commit-once.ts";
import { isPassing, type Retry, withRetries } from "../src/study/attempt/store-retry.ts";
import { nameNow } from "./renamed-study.ts";
import type { KeptOutcome, Spool } from "./spool.ts";

export interface Recovery extends Retry {
  /** An outcome is off the disk. `counted` is false where it came too late, or its study is gone. */
  recovered(kept: KeptOutcome, counted: boolean): void;
  /** An outcome stays: this store has no such study, and it was kept for another one. */
  left(kept: KeptOutcome): void;
}

/** What became of an outcome here: it counts, came too late, or belongs elsewhere. */
type Found = "counted" | "late" | "elsewhere";

/** Commits what workers before this one left on the disk. A repeated commit is ignored, so two may do it at once. */
export async function recoverOutcomes(spool: Spool, store: Store, recovery: Recovery): Promise<void> {
  for (const kept of await spool.list()) {
    try {
      const found = await withRetries(() => commit(store, kept), recovery);
      if (found === "elsewhere") {
        recovery.left(kept);
        continue;
      }
      await spool.remove(kept);
      recovery.recovered(kept, found === "counted");
    } catch (error) {
      if (isPassing(error)) return; // all stay for the next worker
      // It stays too, where the store refuses it or the disk does not let it go.
    }
  }
}

async function commit(store: Store, kept: KeptOutcome): Promise<Found> {
  try {
    return await commitWithReports(store, kept);
  } catch (error) {
    if (isGone(error)) return "late";
    throw error;
  }
}

async function commitWithReports(store: Store, kept: KeptOutcome): Promise<Found> {
  const { id, number, fence, reports, result } = kept;
  const study = await nameNow(store, { name: kept.study, id });
  if (study === null) return kept.store === store.location ? "late" : "elsewhere";
  await store.report(study, number, fence, reports);
  return (await commitOnce(store, { study, number }, { fence, result })).kind === "committed" ? "counted" : "late";
}
