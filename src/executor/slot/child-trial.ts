import { directoryFiles } from "../../artifacts/directory.ts";
import type { AbortSignalLike, TrialArtifacts, TrialContext } from "../../trial/context.ts";
import type { Verdict } from "../../trial/report.ts";
import type { TrialTask } from "../../trial/task.ts";
import { checkReport } from "../objective.ts";
import type { EndReason } from "../supervision.ts";
import type { Channel } from "./channel.ts";
import { type ToChild, type ToParent, toWire } from "./protocol.ts";

/** One trial as its child process sees it: the context of the objective, connected to the parent. */
export class ChildTrial implements TrialContext {
  readonly number: number;
  readonly attempt: number;
  readonly seed: number;
  readonly studySeed: number;
  readonly artifacts: TrialArtifacts;
  readonly run: number;

  readonly #channel: Channel<ToChild, ToParent>;
  readonly #controller = new AbortController();
  readonly #asked = new Map<number, (verdict: Verdict) => void>();
  #reports = 0;
  #isOver = false;

  constructor(run: number, task: TrialTask, { directory, channel }: Connection) {
    this.run = run;
    this.number = task.trial;
    this.attempt = task.attempt;
    this.seed = task.seed;
    this.studySeed = task.studySeed;
    this.artifacts = directoryFiles(directory);
    this.#channel = channel;
  }

  get signal(): AbortSignalLike {
    return this.#controller.signal;
  }

  // An arrow function, so that an objective may take it out of its context.
  readonly report = async (step: number, value: number): Promise<Verdict> => {
    checkReport(step, value);
    if (this.#isOver) return "cancel";
    const report = this.#reports++;
    this.#channel.send({ v: 1, type: "report", run: this.run, report, step, value: toWire(value) });
    return new Promise((resolve) => this.#asked.set(report, resolve));
  };

  answer(report: number, verdict: Verdict): void {
    this.#asked.get(report)?.(verdict);
    this.#asked.delete(report);
  }

  stop(reason: EndReason): void {
    this.#controller.abort(reason);
  }

  /** Reports that come later, from what the objective left behind, are ignored. */
  finish(): void {
    this.#isOver = true;
  }
}

export interface Connection {
  readonly directory: string;
  readonly channel: Channel<ToChild, ToParent>;
}
