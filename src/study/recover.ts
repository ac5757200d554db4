import { hostname } from "node:os";
import type { Store } from "../store/store.ts";
import type { RunningTrial, Trial } from "../trial/trial.ts";
import { isDead } from "./holder.ts";
import type { StudyView } from "./view.ts";

/**
 * Returns to the queue what dead processes held: trials of a process that is gone, or whose lease ended. What `ask()`
 * gave out belongs to its caller until the lease ends, whatever became of the process.
 *
 * @returns the trials that changed
 */
export async function recover(store: Store, view: StudyView): Promise<readonly Trial[]> {
  const recovered: Trial[] = [];
  for (const trial of abandoned(view)) {
    const outcome = { kind: "lost", message: `lost with ${trial.holder.host}` } as const;
    const fence = { attempt: trial.attempt };
    const committed = await store.commit(view.study.name, trial.number, fence, { outcome, log: "" });
    if (committed.kind === "committed") recovered.push(committed.trial);
  }
  return recovered;
}

function abandoned(view: StudyView): readonly RunningTrial[] {
  return view.trials.filter(
    (trial): trial is RunningTrial => trial.state === "running" && isAbandoned(trial, view.nowMs),
  );
}

/** Of a process on this host the system knows whether it lives; of all others only their lease tells. */
function isAbandoned(trial: RunningTrial, nowMs: number): boolean {
  if (trial.origin !== "asked" && trial.holder.host === hostname()) return isDead(trial.holder);
  return trial.leaseUntilMs < nowMs;
}
