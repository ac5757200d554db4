import type { EventEmitter } from "node:events";
import type { Verdict } from "../trial/report.ts";
import type { Trial } from "../trial/trial.ts";
import { orient } from "./direction.ts";
import type { DriverListener } from "./driver.ts";
import type { StudyTrial } from "./trial-view.ts";
import type { StudyView } from "./view.ts";

/** What a study tells while it runs. Figures are in the study's own direction. */
export interface StudyEvents<P> {
  started: [{ readonly number: number; readonly attempt: number }];
  reported: [{ readonly number: number; readonly step: number; readonly value: number; readonly verdict: Verdict }];
  /** Output of a trial as it comes. */
  printed: [{ readonly number: number; readonly text: string }];
  /** A trial ended, or was lost and is queued again. */
  settled: [{ readonly trial: StudyTrial<P>; readonly isBest: boolean }];
  paused: [];
  resumed: [];
}

/** Hears a driver and tells a study's listeners. */
export function emitTo<P>(
  emitter: EventEmitter<StudyEvents<P>>,
  { view, show }: { readonly view: StudyView; readonly show: (trial: Trial) => StudyTrial<P> },
): DriverListener {
  const events = emitter as unknown as EventEmitter<StudyEvents<unknown>>; // P is only seen, never made, here
  const outward = (value: number): number => orient(view.study.direction, value);
  return {
    started: ({ number, attempt }) => events.emit("started", { number, attempt }),
    reported: ({ number }, { step, value }, verdict) =>
      events.emit("reported", { number, step, value: outward(value), verdict }),
    printed: (number, text) => events.emit("printed", { number, text }),
    settled: (trial) => {
      if (events.listenerCount("settled") === 0) return;
      const best = view.best?.losses[0] ?? Number.POSITIVE_INFINITY;
      const isBest = trial.state === "complete" && trial.losses[0] < best;
      events.emit("settled", { trial: show(trial), isBest });
    },
    paused: () => events.emit("paused"),
    resumed: () => events.emit("resumed"),
  };
}
