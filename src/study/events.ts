import type { EventEmitter } from "node:events";
import { didYouMean, ParzenError, show } from "../errors.ts";
import { stackOf } from "../executor/failure-stack.ts";
import { invalid } from "../trial/option-check.ts";
import type { Verdict } from "../trial/report.ts";
import type { Trial } from "../trial/trial.ts";
import type { DriverListener } from "./dispatch/driver-listener.ts";
import type { SamplerChange } from "./proposal/sampler-version.ts";
import type { StudyTrial } from "./study-trial.ts";
import { isBetter } from "./view/better.ts";
import { orient } from "./view/direction.ts";
import type { StudyView } from "./view/view.ts";

/** What a study tells while it runs. Figures are in the study's own direction. */
export interface StudyEvents<P> {
  started: [{ readonly number: number; readonly attempt: number }];
  reported: [{ readonly number: number; readonly step: number; readonly value: number; readonly verdict: Verdict }];
  /** Output of a trial as it comes. */
  printed: [{ readonly number: number; readonly text: string }];
  /** A trial ended, or was lost and is queued again. */
  settled: [{ readonly trial: StudyTrial<P>; readonly isBest: boolean }];
  /** This machine could not run a trial, which goes back to the queue. After three in a row the run ends. */
  fault: [{ readonly number: number; readonly message: string }];
  /**
   * How a sampler that chooses proposes, and why, e.g. `gp: 12 params at once`: at the first proposal, and whenever it
   * chooses otherwise.
   */
  sampling: [{ readonly how: string }];
  /** A parzen with another version of its sampler goes on with a study: it proposes otherwise from a trial on. */
  samplerChanged: [SamplerChange];
  /** What the study needs is not there, a store or a worker, and is waited for. */
  waiting: [{ readonly reason: string }];
  paused: [];
  resumed: [];
}

/** What to call for events of a study, by their names. */
export type StudyListeners<P> = { readonly [K in keyof StudyEvents<P>]?: (...event: StudyEvents<P>[K]) => void };

const EVENTS: { readonly [K in keyof StudyEvents<unknown>]: true } = {
  started: true,
  reported: true,
  printed: true,
  settled: true,
  fault: true,
  sampling: true,
  samplerChanged: true,
  waiting: true,
  paused: true,
  resumed: true,
};

/** A listener of what never happens would wait without a word. @throws OPTION_INVALID */
export function checkListener(event: unknown, listener: unknown): void {
  if (typeof event !== "string" || !Object.hasOwn(EVENTS, event)) {
    const known = Object.keys(EVENTS);
    const meant = typeof event === "string" ? didYouMean(event, known) : "";
    throw new ParzenError("OPTION_INVALID", `there is no event ${show(event)}${meant}`, {
      hint: `Events are ${known.join(", ")}.`,
    });
  }
  if (typeof listener !== "function") throw invalid(`the listener of "${event}"`, "a function", listener);
}

/** Hears a driver and tells a study's listeners. One that throws, or rejects, is warned of; the others and the study go on. */
export function emitTo<P>(
  emitter: EventEmitter<StudyEvents<P>>,
  { view, show }: { readonly view: StudyView; readonly show: (trial: Trial) => StudyTrial<P> },
): DriverListener {
  const events = emitter as unknown as EventEmitter<StudyEvents<unknown>>; // P is only seen, never made, here
  const outward = (value: number): number => orient(view.study.direction, value);
  const emit = <K extends keyof StudyEvents<unknown>>(name: K, make: () => StudyEvents<unknown>[K]): void => {
    if (events.listenerCount(name) === 0) return;
    for (const listener of events.listeners(name)) tell(name, listener as Hearer<K>, make); // `on` took it for this event
  };
  return {
    started: ({ number, attempt }) => emit("started", () => [{ number, attempt }]),
    reported: ({ number }, { step, value }, verdict) =>
      emit("reported", () => [{ number, step, value: outward(value), verdict }]),
    printed: (number, text) => emit("printed", () => [{ number, text }]),
    settled: (trial) => emit("settled", () => [{ trial: show(trial), isBest: isBest(trial, view) }]),
    fault: (number, message) => emit("fault", () => [{ number, message }]),
    sampling: (how) => emit("sampling", () => [{ how }]),
    samplerChanged: (change) => emit("samplerChanged", () => [change]),
    waiting: (reason) => emit("waiting", () => [{ reason }]),
    paused: () => emit("paused", () => []),
    resumed: () => emit("resumed", () => []),
  };
}

type Hearer<K extends keyof StudyEvents<unknown>> = (...event: StudyEvents<unknown>[K]) => unknown;

function tell<K extends keyof StudyEvents<unknown>>(
  name: K,
  hearer: Hearer<K>,
  make: () => StudyEvents<unknown>[K],
): void {
  const warn = (error: unknown): void =>
    process.emitWarning(`a listener of "${name}" threw: ${stackOf(error).trimEnd()}`);
  try {
    const heard = hearer(...make());
    if (heard instanceof Promise) heard.catch(warn);
  } catch (error) {
    warn(error);
  }
}

/** The view may or may not have seen the trial. */
function isBest(trial: Trial, { best }: StudyView): boolean {
  return trial.state === "complete" && (best === null || trial.number === best.number || isBetter(trial, best));
}
