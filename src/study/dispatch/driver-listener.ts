import type { Report, Verdict } from "../../trial/report.ts";
import type { Trial } from "../../trial/trial.ts";
import type { SamplerChange } from "../proposal/sampler-version.ts";

/** Hears what happens, figures oriented: lower is better. */
export interface DriverListener {
  started(trial: Pick<Trial, "number" | "attempt">): void;
  reported(trial: Pick<Trial, "number">, report: Report, verdict: Verdict): void;
  printed(trial: number, text: string): void;
  /** The trial ended, or came back to the queue. */
  settled(trial: Trial): void;
  /** This machine could not run a trial, which goes back to the queue. */
  fault(trial: number, message: string): void;
  /** How the sampler proposes: at the first proposal, and whenever that is another way than before. */
  sampling(how: string): void;
  samplerChanged(change: SamplerChange): void;
  /** What it needs is not there, a store or a worker, and is waited for. */
  waiting(reason: string): void;
  paused(): void;
  resumed(): void;
}
