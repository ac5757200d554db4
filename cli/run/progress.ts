import type { StudyEvents } from "../../src/study/events.ts";
import type { Study } from "../../src/study/study.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import type { JsonObject } from "../../src/trial/json.ts";
import { err } from "../render/colors.ts";
import { failureKey, messageLines } from "../study/failures.ts";
import { totalOf } from "../study/study-view.ts";
import { liveLine, logLines, logTail, returnedLine, samplerChangedLine, slowBackendLine, trialLine } from "./lines.ts";
import { Returns } from "./returns.ts";
import type { Screen } from "./screen.ts";
import { type Tally, tallyOf } from "./tally.ts";

type Settled = StudyEvents<unknown>["settled"][0];

/** How often the live line is drawn, so that its ETA and other processes' trials are seen. */
const DRAW_MS = 500;

/** The least between two drawings: counting thousands of trials takes its time. */
const REDRAW_MS = 100;

export interface ProgressOptions {
  readonly study: Study;
  /** A picture of the study of its own, which is kept up to date here. */
  readonly view: StudyView;
  readonly slots: number;
  readonly screen: Screen;
  readonly isVerbose: boolean;
  /** The command that ends a pause. */
  readonly resume: string;
  /** The command that shows a trial. */
  readonly show: (number: number) => string;
}

/** Shows how a run goes: a live line on a terminal, a line for each trial elsewhere. */
export class Progress {
  /** What the live line says in place of the ETA. */
  note: string | null = null;
  readonly #options: ProgressOptions;
  readonly #settled: Settled[] = [];
  readonly #returns: Returns;
  /** Trials that may have gone back to the queue. */
  readonly #returned = new Set<number>();
  /** What was wrong with this machine when it could not run a trial, until that is shown. */
  readonly #faults = new Map<number, string>();
  /** Kinds of failures whose output was shown. */
  readonly #failures = new Set<string>();
  readonly #partial = new Map<number, string>();
  #saidBackend = false;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> | null = null;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#returns = new Returns(options.view);
  }

  start(): void {
    const { study, screen, isVerbose } = this.#options;
    this.#returns.begin();
    study.on("started", ({ number }) => this.#noteReturn(number));
    study.on("settled", (settled) => {
      if (settled.trial.state === "queued") return this.#noteReturn(settled.trial.number);
      this.#settled.push(settled);
      this.#wake();
    });
    study.on("fault", ({ number, message }) => this.#faults.set(number, message));
    if (isVerbose) study.on("printed", ({ number, text }) => this.printed(number, text));
    study.on("sampling", ({ how }) => screen.say(err.dim(`${study.sampler.name} searches by ${how}`)));
    study.on("samplerChanged", (change) => screen.say(samplerChangedLine(change)));
    study.on("waiting", ({ reason }) => screen.say(`waiting: ${reason}`));
    study.on("paused", () => screen.say(`paused; go on with: ${this.#options.resume}`));
    study.on("resumed", () => screen.say("resumed"));
    if (!screen.isLive) return;
    this.#timer = setInterval(() => this.#wake(), DRAW_MS);
    this.#wake();
  }

  /** Shows what is still to be shown, and takes the live line away. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing;
    await this.#flushAll();
    for (const number of this.#partial.keys()) this.#endOutput(number);
    this.#options.screen.clear();
  }

  #noteReturn(number: number): void {
    this.#returned.add(number);
    this.#wake();
  }

  #wake(): void {
    this.#flushing ??= this.#flushAll();
  }

  async #flushAll(): Promise<void> {
    try {
      do await this.#flush();
      while (this.#settled.length > 0 || this.#returned.size > 0);
    } catch {
      // The driver meets the same store, and its error is the one that counts. What is left is shown with what comes next.
    } finally {
      this.#flushing = null; // in the same turn: what comes from here on wakes it
    }
  }

  async #flush(): Promise<void> {
    const { study, view, slots, screen } = this.#options;
    await view.refresh(study.store);
    const finished = view.trials.length - view.pendingCount;
    const total = totalOf(view.study);
    const settled = this.#settled.splice(0);
    const before = { finished: finished - settled.length, total };
    for (const number of this.#returned) this.#showReturn(number, before);
    this.#returned.clear();
    for (const [index, event] of settled.entries()) {
      this.#show(event, { finished: finished - (settled.length - 1 - index), total });
    }
    if (!screen.isLive || performance.now() < this.#drawnAt + REDRAW_MS) return;
    const { driver } = view.study; // which knows how many slots its workers have
    screen.draw(liveLine(tallyOf(view, slots === 0 ? (driver?.slots ?? 0) : slots), this.note));
    this.#drawnAt = performance.now();
  }

  #showReturn(number: number, at: Pick<Tally, "finished" | "total">): void {
    const returned = this.#returns.next(number);
    if (returned === null) return;
    const fault = this.#faults.get(number);
    this.#faults.delete(number);
    const because = fault === undefined ? returned.because : `this machine could not run it: ${fault}`;
    this.#options.screen.say(returnedLine({ ...returned, because }, at));
    this.#endOutput(number);
  }

  #show({ trial, isBest }: Settled, tally: Pick<Tally, "finished" | "total">): void {
    const { screen, isVerbose, show } = this.#options;
    this.#showReturn(trial.number, tally);
    if (!screen.isLive || trial.state === "failed") screen.say(trialLine(trial, isBest, tally));
    this.#endOutput(trial.number);
    if (trial.state === "complete") this.#sayBackend(trial.attributes);
    if (trial.state !== "failed") return;
    const key = failureKey(trial);
    if (this.#failures.has(key)) return;
    this.#failures.add(key);
    if (messageLines(trial.message).length > 1) screen.say(err.dim(`the whole message: ${show(trial.number)}`));
    if (!isVerbose && trial.log !== "") screen.say(logTail(trial.number, trial.log));
  }

  #sayBackend(attributes: JsonObject): void {
    const line = this.#saidBackend ? null : slowBackendLine(attributes);
    if (line === null) return;
    this.#saidBackend = true;
    this.#options.screen.say(line);
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
}
