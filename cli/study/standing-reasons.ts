import type { DriverLease } from "../../src/store/study-record.ts";
import type { EndReason } from "../../src/study/view/stopping.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { count, duration } from "../render/figure.ts";
import { readNotes } from "./notes.ts";
import { countsOf } from "./study-view.ts";

/** Why a study takes no further trials, as a sentence without its end. */
export function whyStopped(reason: EndReason, view: StudyView): string {
  const { settings, controlReason, nextNumber } = view.study; // a total that was set lower later leaves more numbers
  switch (reason) {
    case "maxTrials":
      if (view.pendingCount === 0)
        return nextNumber === 1 ? "its one trial is done" : `all ${nextNumber} trials are done`;
      return `all ${nextNumber} trials are given out, ${view.pendingCount} of them not done yet`;
    case "timeout":
      return "the time of this run is over";
    case "targetLoss":
      return "the target loss is reached";
    case "patience":
      return `${count(settings.patience ?? 0, "trial")} in a row brought nothing better`;
    case "exhausted":
      return "nothing is left to try";
    case "failing":
      return failingBecause(view);
    case "paused":
      return controlReason === null ? "somebody paused it" : `it paused itself: ${controlReason}`;
    case "stopped":
      return "somebody stopped it";
    case "cancelled":
      return "somebody cancelled it";
    case "interrupted":
      return "this run was interrupted";
  }
}

/** Why a study that still runs trials takes no further ones, where somebody decided so. */
export function endingBecause(reason: EndReason, view: StudyView): string | null {
  const wasTold = reason === "paused" || reason === "stopped" || reason === "cancelled";
  return wasTold ? `${whyStopped(reason, view)}; ${count(countsOf(view).running, "trial")} may end` : null;
}

function failingBecause(view: StudyView): string {
  const { failuresInARow, successes } = view;
  const which = successes === 0 && failuresInARow === view.trials.length ? "the first" : "the last";
  return `${which} ${count(failuresInARow, "trial")} failed`;
}

function wasRun({ study, trials }: StudyView): boolean {
  return trials.length > 0 || readNotes(study).resume !== undefined;
}

/** Why a study that has trials to run does not run. */
export function withoutDriver(view: StudyView, isFleet: boolean): string {
  const { driver } = view.study;
  if (driver === null) return wasRun(view) ? "no process runs it" : "nobody has run it yet";
  const { pid, host } = driver.holder;
  const held = view.trials.filter(({ state }) => state === "running").length;
  const ofWorkers = `${count(held, "trial")} may end with ${held === 1 ? "its worker" : "their workers"}`;
  const then = isFleet ? ofWorkers : `${count(held, "trial")} that it ran will go first`;
  return `no process runs it: process ${pid} on ${host} is gone${held === 0 ? "" : `; ${then}`}`;
}

/** What is told of a process that lives and has let its lease end; null where it has not. */
export function silenceOf({ holder, leaseUntilMs }: DriverLease, { nowMs }: StudyView): string | null {
  if (leaseUntilMs >= nowMs) return null;
  const { pid } = holder;
  return `process ${pid} lives, but its lease ended ${duration(nowMs - leaseUntilMs)} ago: it is stopped, or its objective blocks it`;
}
