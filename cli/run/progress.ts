import type { Study } from "../../src/study/study.ts";
import { err } from "../render/colors.ts";
import { totalOf } from "../study/study-view.ts";
import { counted } from "./counted.ts";
import { liveLine, samplerChangedLine } from "./lines.ts";
import { type NoticeOptions, Notices, type Settled } from "./notices.ts";
import { tallyOf } from "./tally.ts";

/** How often the live line is drawn, so that its ETA and other processes' trials are seen. */
const DRAW_MS = 500;

/** The least between two drawings: counting thousands of trials takes its time. */
const REDRAW_MS = 100;

/** `view` is a picture of the study of its own, which is kept up to date here. */
export interface ProgressOptions extends NoticeOptions {
  readonly study: Study;
  readonly slots: number;
  /** The command that ends a pause. */
  readonly resume: string;
}

/** Shows how a run goes: a live line on a terminal, a line for each trial elsewhere. */
export class Progress {
  /** What the live line says in place of the ETA. */
  note: string | null = null;
  readonly #options: ProgressOptions;
  readonly #notices: Notices;
  readonly #settled: Settled[] = [];
  /** Trials that may have gone back to the queue. */
  readonly #returned = new Set<number>();
  #drawnAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> | null = null;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#notices = new Notices(options);
  }

  start(): void {
    const { study, screen, isVerbose, resume } = this.#options;
    this.#notices.begin();
    study.on("started", ({ number }) => this.#noteReturn(number));
    study.on("settled", (settled) => {
      if (settled.trial.state === "queued") return this.#noteReturn(settled.trial.number);
      this.#settled.push(settled);
      this.#wake();
    });
    study.on("fault", ({ number, message }) => this.#notices.fault(number, message));
    if (isVerbose) study.on("printed", ({ number, text }) => this.printed(number, text));
    study.on("sampling", ({ how }) => screen.say(err.dim(`${study.sampler.name} searches by ${how}`)));
    study.on("samplerChanged", (change) => screen.say(samplerChangedLine(change)));
    study.on("waiting", ({ reason }) => screen.say(`waiting: ${reason}`));
    study.on("paused", () => screen.say(`paused; go on with: ${resume}`));
    study.on("resumed", () => screen.say("resumed"));
    if (!screen.isLive) return;
    this.#timer = setInterval(() => this.#wake(), DRAW_MS);
    this.#wake();
  }

  /** Hears what trials print here that the study does not hear of. */
  printed(number: number, text: string): void {
    this.#notices.printed(number, text);
  }

  /** Shows what is still to be shown, and takes the live line away. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing;
    await this.#flushAll();
    this.#notices.end();
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
    const { study, view } = this.#options;
    await view.refresh(study.store);
    const total = totalOf(view.study);
    const ended = counted(this.#settled.splice(0), view);
    const before = ended[0] === undefined ? view.trials.length - view.pendingCount : ended[0].finished - 1;
    for (const number of this.#returned) this.#notices.returned(number, { finished: before, total });
    this.#returned.clear();
    for (const { event, finished } of ended) this.#notices.settled(event, { finished, total });
    this.#draw();
  }

  #draw(): void {
    const { view, slots, screen } = this.#options;
    if (!screen.isLive || performance.now() < this.#drawnAt + REDRAW_MS) return;
    const { driver } = view.study; // which knows how many slots its workers have
    screen.draw(liveLine(tallyOf(view, slots === 0 ? (driver?.slots ?? 0) : slots), this.note));
    this.#drawnAt = performance.now();
  }
}
