import type { Store } from "../../store/store.ts";
import { stoppedBy } from "../view/stopping.ts";
import type { StudyView } from "../view/view.ts";

type Controlled = Pick<Store, "setControl">;

/** Pauses a study whose trials fail, rather than stop it: that `resume` would not set going. */
export async function pauseFailing(store: Controlled, { study, failuresInARow }: StudyView): Promise<void> {
  await store.setControl(study.name, "paused", `the last ${failuresInARow} trials failed`);
}

/**
 * What ended an earlier run does not end this one, nor do failures after which that was cut short. A study that a
 * person paused stays so.
 *
 * @returns whether the study was not going
 */
export async function setGoing(store: Controlled, view: StudyView): Promise<boolean> {
  const { name, control, controlReason } = view.study;
  const isRest = control === "paused" && controlReason === null;
  const isFailing = stoppedBy(view, 0) === "failing";
  if (isRest || (control === "running" && !isFailing)) return false;
  if (isFailing) await pauseFailing(store, view); // they count until it is resumed
  await store.setControl(name, "running", null);
  return true;
}
