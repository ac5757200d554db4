import type { Report } from "../trial/report.ts";
import { addReport, normalReport } from "../trial/transition.ts";
import { isPending, type RunningTrial, type Trial } from "../trial/trial.ts";

/**
 * The trials of one study in memory, by number. Records are frozen and replaced on change.
 *
 * Reports that come in order are kept aside until somebody looks: a long list is not copied for each of them.
 */
export class MemoryTrials {
  readonly #trials: Trial[];
  /** Of running trials, since the last look. */
  readonly #newReports = new Map<number, Report[]>();

  constructor(trials: readonly Trial[]) {
    this.#trials = [...trials];
  }

  get count(): number {
    return this.#trials.length;
  }

  get pending(): number {
    return this.#trials.filter(isPending).length;
  }

  all(): readonly Trial[] {
    return this.#trials.map((trial) => this.#looked(trial));
  }

  find(number: number): Trial | undefined {
    const trial = this.#trials[number];
    return trial && this.#looked(trial);
  }

  /** Perhaps without its newest reports. */
  peek(number: number): Trial | undefined {
    return this.#trials[number];
  }

  /** @returns false where it is the state that the trial is in already */
  put(trial: Trial): boolean {
    if (this.#trials[trial.number] === trial) return false;
    this.#trials[trial.number] = trial;
    return true;
  }

  /** @returns false where the trial does not run, or the step is already there */
  addReport(number: number, report: Report): boolean {
    const trial = this.#trials[number];
    if (trial?.state !== "running") return false;
    const added = this.#newReports.get(number) ?? [];
    const last = added.at(-1) ?? trial.reports.at(-1);
    if (last !== undefined && last.step >= report.step) return this.put(addReport(this.whole(trial), report));
    added.push(normalReport(report));
    this.#newReports.set(number, added);
    return true;
  }

  /** With its newest reports. */
  whole(trial: RunningTrial): RunningTrial {
    const added = this.#newReports.get(trial.number);
    if (added === undefined) return trial;
    const whole = Object.freeze({ ...trial, reports: Object.freeze([...trial.reports, ...added]) });
    this.#newReports.delete(trial.number);
    this.#trials[trial.number] = whole;
    return whole;
  }

  #looked(trial: Trial): Trial {
    return trial.state === "running" ? this.whole(trial) : trial;
  }
}
