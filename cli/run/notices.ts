import type { StudyEvents } from "../../src/study/events.ts";
import type { StudyTrial } from "../../src/study/study-trial.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { failureKey, messageLines } from "../../src/trial/failures.ts";
import type { JsonObject } from "../../src/trial/json.ts";
import { err } from "../render/colors.ts";
import { type At, logLines, logTail, returnedLine, slowBackendLine, trialLine, unreportedLine } from "./lines.ts";
import { Returns } from "./returns.ts";
import type { Screen } from "./screen.ts";

/** A trial that ended. */
export type Settled = StudyEvents<unknown>["settled"][0];

type Complete = Extract<StudyTrial<unknown>, { readonly state: "complete" }>;

type Failed = Extract<StudyTrial<unknown>, { readonly state: "failed" }>;

export interface NoticeOptions {
  /** Kept up to date elsewhere. */
  readonly view: StudyView;
  readonly screen: Screen;
  /** Whether all output of trials is wanted. */
  readonly isVerbose: boolean;
  /** The command that shows a trial. */
  readonly show: (number: number) => string;
}

/** What a run says of its trials: how each ended, which went back to the queue, what they print. */
export class Notices {
  readonly #options: NoticeOptions;
  readonly #returns: Returns;
  /** What was wrong with this machine when it could not run a trial, until that is shown. */
  readonly #faults = new Map<number, string>();
  /** Kinds of failures whose output was shown. */
  readonly #failures = new Set<string>();
  /** What was printed of a line that has not ended. */
  readonly #partial = new Map<number, string>();
  #saidBackend = false;
  /** Whether trials report is known, or was said. */
  #knowsReports = false;

  constructor(options: NoticeOptions) {
    this.#options = options;
    this.#returns = new Returns(options.view);
  }

  /** What happened before is not told. */
  begin(): void {
    this.#returns.begin();
  }

  end(): void {
    for (const number of this.#partial.keys()) this.#endOutput(number);
  }

  /** Kept until it is seen that the trial went back to the queue. */
  fault(number: number, message: string): void {
    this.#faults.set(number, message);
  }

  /** Of a trial that may have gone back to the queue. */
  returned(number: number, at: At): void {
    const returned = this.#returns.next(number);
    if (returned === null) return;
    const fault = this.#faults.get(number);
    this.#faults.delete(number);
    const because = fault === undefined ? returned.because : `this machine could not run it: ${fault}`;
    this.#options.screen.say(returnedLine({ ...returned, because }, at));
    this.#endOutput(number);
  }

  settled({ trial, isBest }: Settled, at: At): void {
    const { screen } = this.#options;
    this.returned(trial.number, at);
    if (!screen.isLive || trial.state === "failed") screen.say(trialLine(trial, isBest, at));
    this.#endOutput(trial.number);
    if (trial.state === "complete") this.#complete(trial);
    if (trial.state === "failed") this.#failure(trial);
  }

  /** Where all output is wanted: it comes in pieces, and only whole lines are shown. */
  printed(number: number, text: string): void {
    if (!this.#options.isVerbose) return;
    const lines = ((this.#partial.get(number) ?? "") + text).split("\n");
    this.#partial.set(number, lines.pop() ?? "");
    if (lines.length > 0) this.#options.screen.say(logLines(number, lines.join("\n")));
  }

  #endOutput(number: number): void {
    const rest = this.#partial.get(number) ?? "";
    this.#partial.delete(number);
    if (rest !== "") this.#options.screen.say(logLines(number, rest));
  }

  /** More of the first failure of each kind. */
  #failure(trial: Failed): void {
    const { screen, isVerbose, show } = this.#options;
    const key = failureKey(trial);
    if (this.#failures.has(key)) return;
    this.#failures.add(key);
    if (messageLines(trial.message).length > 1) screen.say(err.dim(`the whole message: ${show(trial.number)}`));
    const tail = isVerbose ? "" : logTail(trial);
    if (tail !== "") screen.say(tail);
  }

  #complete({ number, reports, attributes }: Complete): void {
    this.#backend(attributes);
    const { view, screen } = this.#options;
    if (this.#knowsReports || view.study.settings.pruner.name === "none") return;
    this.#knowsReports = true;
    const isSilent = reports.length === 0 && view.trials.every((trial) => trial.reports.length === 0);
    if (isSilent) screen.say(unreportedLine(number, view.study));
  }

  #backend(attributes: JsonObject): void {
    const line = this.#saidBackend ? null : slowBackendLine(attributes);
    if (line === null) return;
    this.#saidBackend = true;
    this.#options.screen.say(line);
  }
}
