import type { DriverLease } from "../../src/store/study-record.ts";
import { lifeOf } from "../../src/study/attempt/holder.ts";
import { studyLive } from "../../src/study/driver/lead.ts";
import { type EndReason, isFinished, mayRunQueued, stoppedBy } from "../../src/study/view/stopping.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { count, duration } from "../render/figure.ts";
import { readNotes } from "./notes.ts";
import { countsOf } from "./study-view.ts";

/** What a study does now, in one word. */
export type StudyState = "running" | "idle" | "paused" | "stopped" | "finished" | "failing";

/** A study's state, and why nothing runs where nothing does. */
export interface Standing {
  readonly state: StudyState;
  /** Null while it runs and goes on running, as far as is known. */
  readonly why: string | null;
  /** The process that proposes; null where there is none. */
  readonly driver: DriverLease | null;
}

/** What is known of the workers that run a study's trials. */
export interface Service {
  /** Why none of them serves it; null where one does. */
  readonly unserved: string | null;
}

/** @param service null where the process that proposes runs the trials, too */
export function standingOf(view: StudyView, service: Service | null = null): Standing {
  const unserved = service?.unserved ?? null;
  const isFleet = service !== null;
  const driver = liveDriver(view);
  const reason = stoppedBy(view, 0);
  if (reason === null && driver === null && wasExhausted(view)) {
    return { state: "finished", why: whyStopped("exhausted", view), driver };
  }
  if (reason === null) {
    return driver === null
      ? { state: "idle", why: withoutDriver(view, isFleet), driver }
      : { state: "running", why: silenceOf(driver, view) ?? unserved, driver };
  }
  if (driver !== null && awaitedCount(reason, view) > 0) {
    return { state: "running", why: endingBecause(reason, view) ?? silenceOf(driver, view) ?? unserved, driver };
  }
  const state = stateFor(reason, view);
  return { state, why: state === "idle" ? withoutDriver(view, isFleet) : whyStopped(reason, view), driver };
}

/** Trials that a driver waits for before it ends or rests: queued ones only where they are still to run. */
function awaitedCount(reason: EndReason, view: StudyView): number {
  return mayRunQueued(reason) ? view.pendingCount : countsOf(view).running;
}

/** Whether the last run found nothing left to try, and nothing came since. */
export function wasExhausted({ study }: StudyView): boolean {
  return study.notes["exhaustedAt"] === study.nextNumber;
}

/**
 * The driver, unless it is gone: as the system tells, since a long objective may keep a living one from renewing its
 * lease, and where the system does not know by that lease.
 */
export function liveDriver({ study, nowMs }: StudyView): DriverLease | null {
  const { driver } = study;
  if (driver === null) return null;
  const life = lifeOf(driver.holder);
  const isLive = life === "living" || (life !== "dead" && driver.leaseUntilMs >= nowMs);
  return isLive ? driver : null;
}

/** @param hint what to do about it @throws STUDY_LIVE where another process runs the study */
export function refuseLive(view: StudyView, hint: string): void {
  const driver = liveDriver(view);
  if (driver !== null) throw studyLive(view.study.name, driver, { nowMs: view.nowMs, hint });
}

/** What is told of a process that lives and has let its lease end; null where it has not. */
function silenceOf({ holder, leaseUntilMs }: DriverLease, { nowMs }: StudyView): string | null {
  if (leaseUntilMs >= nowMs) return null;
  const { pid } = holder;
  return `process ${pid} lives, but its lease ended ${duration(nowMs - leaseUntilMs)} ago: it is stopped, or its objective blocks it`;
}

function stateFor(reason: EndReason, view: StudyView): StudyState {
  switch (reason) {
    case "paused":
      return "paused";
    case "stopped":
    case "cancelled":
      return "stopped";
    case "failing":
      return "failing";
    default:
      return isFinished(view) ? "finished" : "idle";
  }
}

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
function endingBecause(reason: EndReason, view: StudyView): string | null {
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

function withoutDriver(view: StudyView, isFleet: boolean): string {
  const { driver } = view.study;
  if (driver === null) return wasRun(view) ? "no process runs it" : "nobody has run it yet";
  const { pid, host } = driver.holder;
  const held = view.trials.filter(({ state }) => state === "running").length;
  const ofWorkers = `${count(held, "trial")} may end with ${held === 1 ? "its worker" : "their workers"}`;
  const then = isFleet ? ofWorkers : `${count(held, "trial")} that it ran will go first`;
  return `no process runs it: process ${pid} on ${host} is gone${held === 0 ? "" : `; ${then}`}`;
}
