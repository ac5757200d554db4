import type { AttemptResult, Committed, Fence, Store } from "../../store/store.ts";
import type { Outcome } from "../../trial/outcome.ts";
import type { Trial } from "../../trial/trial.ts";

/** How an attempt ended, and whose it was. */
export interface Ending {
  readonly fence: Fence;
  readonly result: AttemptResult;
}

/**
 * Commits an outcome that may have been sent before: where its answer was lost with the connection, the store ignores it
 * the second time although it counted.
 */
export async function commitOnce(
  store: Pick<Store, "commit" | "findTrial">,
  { study, number }: { readonly study: string; readonly number: number },
  { fence, result }: Ending,
): Promise<Committed> {
  const committed = await store.commit(study, number, fence, result);
  if (committed.kind === "committed") return committed;
  const trial = await store.findTrial(study, number);
  return trial.attempt === fence.attempt && isFrom(result.outcome, trial) ? { kind: "committed", trial } : committed;
}

/** Whether a trial is as an outcome of its latest attempt leaves it. */
function isFrom(outcome: Outcome, trial: Trial): boolean {
  switch (trial.state) {
    case "complete":
      return outcome.kind === "complete" && outcome.losses.every((loss, index) => loss === trial.losses[index]);
    case "failed":
      return outcome.kind === "failed" && outcome.reason === trial.reason && outcome.message === trial.message;
    case "queued":
      return outcome.kind !== "complete" && outcome.kind !== "pruned";
    case "running":
      return false;
    case "pruned":
    case "cancelled":
      return true; // by a verdict, whatever the attempt gave
  }
}
