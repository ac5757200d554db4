import { Checkpoints } from "../../artifacts/checkpoints.ts";
import { directoryFiles } from "../../artifacts/directory.ts";
import { TrialWrites } from "../../artifacts/trial-writes.ts";
import { ParzenError } from "../../errors.ts";
import type { TrialContext, TrialSignal } from "../../trial/context.ts";
import { checkReport, type Verdict } from "../../trial/report.ts";
import type { TrialTask } from "../../trial/task.ts";
import type { EarlyEnd } from "../ending.ts";
import type { Channel } from "./channel.ts";
import { type ToChild, type ToParent, toWire } from "./protocol.ts";

/** One trial as its child process sees it: the context of the objective, connected to the parent. */
export class ChildTrial implements TrialContext {
  readonly number: number;
  readonly attempt: number;
  readonly seed: number;
  readonly studySeed: number;
  readonly fidelity: number | null;
  readonly artifacts: TrialWrites;
  readonly checkpoint: Checkpoints;
  readonly run: number;

  readonly #channel: Channel<ToChild, ToParent>;
  readonly #controller = new AbortController();
  readonly #asked = new Map<number, Asked>();
  #messages = 0;
  #isOver = false;
  #isRefused = false;

  constructor(run: number, task: TrialTask, { directory, channel }: Connection) {
    this.run = run;
    this.number = task.trial;
    this.attempt = task.attempt;
    this.seed = task.seed;
    this.studySeed = task.studySeed;
    this.fidelity = task.fidelity;
    const files = directoryFiles(directory);
    this.artifacts = new TrialWrites(files);
    const { attempt, resumedFrom } = task;
    this.checkpoint = new Checkpoints({ files, attempt, resumedFrom, note: (step) => this.#note(step) });
    this.#channel = channel;
  }

  get signal(): TrialSignal {
    return this.#controller.signal;
  }

  /** Whether a report, a save or a file was refused or failed, waited for or not. */
  get hasFailed(): boolean {
    return this.#isRefused || this.checkpoint.hasFailed || this.artifacts.hasFailed;
  }

  // An arrow function, so that an objective may take it out of its context.
  readonly report = async (step: number, value: number): Promise<Verdict> => {
    this.#checkReport(step, value);
    if (this.#isOver) return "cancel";
    return this.#ask((report) => ({ v: 1, type: "report", run: this.run, report, step, value: toWire(value) }));
  };

  answer(report: number, verdict: Verdict): void {
    this.#asked.get(report)?.resolve(verdict);
    this.#asked.delete(report);
  }

  /** What the trial wrote cannot be kept. */
  refuse(report: number, message: string): void {
    this.#asked.get(report)?.reject(new ParzenError("ARTIFACT_REFUSED", message));
    this.#asked.delete(report);
  }

  stop(reason: EarlyEnd): void {
    this.#controller.abort(reason);
  }

  #checkReport(step: number, value: number): void {
    try {
      checkReport(step, value);
    } catch (refused) {
      this.#isRefused = true;
      throw refused;
    }
  }

  async #note(step: number): Promise<Verdict> {
    if (this.#isOver) return "cancel";
    return this.#ask((report) => ({ v: 1, type: "checkpoint", run: this.run, report, step }));
  }

  #ask(message: (report: number) => ToParent): Promise<Verdict> {
    const report = this.#messages++;
    this.#channel.send(message(report));
    return new Promise((resolve, reject) => this.#asked.set(report, { resolve, reject }));
  }

  /**
   * Reports that come later, from what the objective left behind, are ignored, and saves leave no files. What is being
   * saved or written is waited for.
   */
  async finish(): Promise<void> {
    this.#isOver = true;
    await Promise.all([this.checkpoint.end(), this.artifacts.end()]);
  }
}

interface Asked {
  resolve(verdict: Verdict): void;
  reject(error: ParzenError): void;
}

export interface Connection {
  readonly directory: string;
  readonly channel: Channel<ToChild, ToParent>;
}
