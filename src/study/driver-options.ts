import type { Executor } from "../executor/executor.ts";
import type { Pruner } from "../pruners/pruner.ts";
import type { Store } from "../store/store.ts";
import type { Report, Verdict } from "../trial/report.ts";
import type { RunningTrial, Trial } from "../trial/trial.ts";
import type { ProposalSource } from "./proposals.ts";
import type { StudyView } from "./view.ts";

/** What a driver works with. */
export interface DriverOptions {
  readonly store: Store;
  readonly view: StudyView;
  readonly executor: Executor;
  readonly proposals: ProposalSource;
  readonly pruner: Pruner;
  readonly objective: string;
  readonly version: string | null;
  /** Propose although another driver leads. */
  readonly join: boolean;
  /** Aborted: propose nothing more, let running trials end. */
  readonly drain?: AbortSignal;
  /** Aborted: hand running trials back at once. */
  readonly halt?: AbortSignal;
  readonly listener: DriverListener;
}

/** Hears what happens, figures oriented: lower is better. */
export interface DriverListener {
  started(trial: RunningTrial): void;
  reported(trial: RunningTrial, report: Report, verdict: Verdict): void;
  printed(trial: number, text: string): void;
  /** The trial ended, or came back to the queue. */
  settled(trial: Trial): void;
  /** The store cannot be reached or is full, and is tried again for a while. */
  waiting(reason: string): void;
  paused(): void;
  resumed(): void;
}
