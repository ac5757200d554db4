import { assignmentKey } from "../../src/store/assignment-key.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { isPending, type Trial } from "../../src/trial/trial.ts";
import type { StoreOption } from "../options/store-option.ts";
import { sameStore } from "./go-on.ts";

/**
 * Says where a trial that was queued just now has the params of another one, as after a command that was killed and repeated,
 * and how to take it back: whoever wants to know how far a loss is chance queues them more than once.
 */
export function sameParamsNote(view: StudyView, number: number, options: StoreOption): string | null {
  const other = otherWith(view, number);
  if (other === null) return null;
  const takeBack = sameStore(options, "cancel", view.study.name, "--trial", String(number));
  return `Trial ${other.number}, ${other.state}, has the same params. Take this one back with: ${takeBack}`;
}

/** One that is yet to end, else the latest that is complete: what failed is often tried again. */
function otherWith({ trials }: StudyView, number: number): Trial | null {
  const own = trials[number];
  if (own === undefined) return null;
  const key = keyOf(own);
  const others = trials.filter((trial) => trial.number !== number && keyOf(trial) === key);
  return others.findLast(isPending) ?? others.findLast(({ state }) => state === "complete") ?? null;
}

function keyOf({ assignment, fidelity }: Trial): string {
  return assignmentKey(assignment, fidelity);
}
