import type { Report, Verdict } from "../trial/report.ts";
import type { RunningTrial, Trial } from "../trial/trial.ts";

/** Hears what happens, figures oriented: lower is better. */
export interface DriverListener {
  started(trial: RunningTrial): void;
  reported(trial: RunningTrial, report: Report, verdict: Verdict): void;
  printed(trial: number, text: string): void;
  /** The trial ended, or came back to the queue. */
  settled(trial: Trial): void;
  /** How the sampler proposes: at the first proposal, and whenever that is another way than before. */
  sampling(how: string): void;
  /** What it needs is not there, a store or a worker, and is waited for. */
  waiting(reason: string): void;
  paused(): void;
  resumed(): void;
}
