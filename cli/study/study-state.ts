import type { DriverLease } from "../../src/store/study-record.ts";
import { lifeOf } from "../../src/study/attempt/holder.ts";
import { studyLive } from "../../src/study/driver/lead.ts";
import { type EndReason, isFinished, mayRunQueued, stoppedBy } from "../../src/study/view/stopping.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { endingBecause, silenceOf, whyStopped, withoutDriver } from "./standing-reasons.ts";
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
