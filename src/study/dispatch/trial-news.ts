import type { Report, Verdict } from "../../trial/report.ts";
import { beforeAttempt } from "../../trial/transition.ts";
import { type FinishedTrial, isPending, type RunningTrial, type Trial } from "../../trial/trial.ts";
import type { DispatchHost } from "./dispatch.ts";
import { judgeReports } from "./judge-reports.ts";

/**
 * Tells, and has judged, what became of trials that run where this process does not see them: after each look at the
 * study, as if it had been looked at all the time.
 */
export class TrialNews {
  readonly #host: Pick<DispatchHost, "view" | "listener" | "prune">;
  /** Pending trials as they were at the last look. */
  readonly #known = new Map<number, Trial>();

  constructor(host: Pick<DispatchHost, "view" | "listener" | "prune">) {
    this.#host = host;
  }

  /** Takes in trials that were reserved just now. */
  add(trials: readonly Trial[]): void {
    for (const trial of trials) this.#known.set(trial.number, trial);
  }

  /** Tells what is new. @returns the numbers of the trials that ended */
  async tell(): Promise<readonly number[]> {
    const ended: number[] = [];
    for (const [before, now] of this.#changes()) {
      await this.#tell(before, now);
      if (isPending(now)) continue;
      this.#known.delete(now.number);
      ended.push(now.number);
    }
    return ended;
  }

  #changes(): readonly (readonly [before: Trial, now: Trial])[] {
    const { view } = this.#host;
    const changed: (readonly [before: Trial, now: Trial])[] = [];
    for (const trial of this.#known.values()) {
      const now = view.trials[trial.number];
      if (now !== undefined && now !== trial) changed.push([trial, now]);
    }
    for (const trial of view.pending()) {
      if (trial.state === "running" && !this.#known.has(trial.number)) changed.push([unjudged(trial), trial]);
      this.#known.set(trial.number, trial);
    }
    return changed;
  }

  async #tell(before: Trial, now: Trial): Promise<void> {
    const { listener } = this.#host;
    if (now.state !== "queued") {
      if (now.attempt > nextAttempt(before)) listener.settled(beforeAttempt(now));
      if (now.attempt > before.attempt) listener.started(now);
      await this.#tellReports(before, now);
    }
    if (now.state === "running") return;
    if (now.state !== "queued" || now.attempt !== before.attempt || before.state === "running") listener.settled(now);
  }

  async #tellReports(before: Trial, now: RunningTrial | FinishedTrial): Promise<void> {
    await judgeReports(this.#host, now, { reports: newReports(before, now), known: verdictOn(now) });
  }
}

/**
 * A trial that ran before this driver, as it was before its newest report: nobody may have judged that one. Those before
 * it are not judged again, as a verdict depends on what else was known when a report came.
 */
function unjudged(trial: RunningTrial): RunningTrial {
  return { ...trial, reports: trial.reports.slice(0, -1) };
}

/** Reports that came since the last look. Those that a checkpoint kept for a new attempt did not. */
function newReports(before: Trial, now: RunningTrial | FinishedTrial): readonly Report[] {
  if (before.attempt !== now.attempt) {
    const began = now.state === "running" ? now.resumedFrom : before.checkpoint;
    const covered = Math.min(began ?? -1, now.checkpoint ?? -1);
    return now.reports.filter(({ step }) => step > covered);
  }
  const [count, last] = [before.reports.length, before.reports.at(-1)];
  if (last === undefined || isSame(now.reports[count - 1], last)) return now.reports.slice(count);
  const known = new Map(before.reports.map((report) => [report.step, report]));
  return now.reports.filter((report) => !isSame(known.get(report.step), report));
}

function isSame(one: Report | undefined, other: Report): boolean {
  return one !== undefined && one.step === other.step && Object.is(one.value, other.value);
}

/** The attempt that a trial is at, or waits for. */
function nextAttempt({ state, attempt }: Trial): number {
  return state === "queued" ? attempt + 1 : attempt;
}

function verdictOn(trial: RunningTrial | FinishedTrial): Verdict {
  if (trial.state === "running") return trial.verdict;
  if (trial.state === "pruned") return "prune";
  return trial.state === "cancelled" ? "cancel" : "continue";
}
