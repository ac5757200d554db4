import type { Store } from "../../store/store.ts";
import { isAsked, type RunningTrial, type Trial } from "../../trial/trial.ts";
import type { StudyView } from "../view/view.ts";
import { type Life, lifeOf } from "./holder.ts";
import { isRunningHere } from "./running-here.ts";

/**
 * Returns to the queue what nobody evaluates any more: trials of a process that is gone or has given them up, and those
 * whose lease ended. What `ask()` gave out belongs to its caller until then, whatever became of the process.
 *
 * @param options.byLease judge by leases alone: the processes may run where this one does not see them
 * @returns the trials that changed
 */
export async function recover(
  store: Store,
  view: StudyView,
  { byLease = false }: { readonly byLease?: boolean } = {},
): Promise<readonly Trial[]> {
  const recovered: Trial[] = [];
  for (const trial of view.pending()) {
    if (trial.state !== "running") continue;
    const life = byLease || isAsked(trial) ? "unknown" : lifeOf(trial.holder);
    if (!isAbandoned(trial, life, view)) continue;
    const message = isAsked(trial) ? "asked for and never told" : `lost with ${trial.holder.host}`;
    const outcome = { kind: "lost", message } as const;
    const fence = { attempt: trial.attempt, ifExpired: life === "unknown" }; // a lease that the view saw end may be a newer one by now
    const committed = await store.commit(view.study.name, trial.number, fence, { outcome, log: "" });
    if (committed.kind === "committed") recovered.push(committed.trial);
  }
  if (recovered.length > 0) await view.refresh(store);
  return recovered;
}

function isAbandoned({ leaseUntilMs, number }: RunningTrial, life: Life, { study, nowMs }: StudyView): boolean {
  if (life === "unknown") return leaseUntilMs < nowMs;
  return life === "dead" || (life === "own" && !isRunningHere(study.id, number));
}
