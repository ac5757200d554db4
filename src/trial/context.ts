import type { Verdict } from "./report.ts";

/**
 * The platform's AbortSignal, which `fetch`, timers and processes take; the core is checked without a platform, and has the
 * part of it that an objective needs.
 */
export type TrialSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } }
  ? Signal
  : AbortSignalLike;

interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
  throwIfAborted(): void;
}

/** Files of one trial: its best model, for instance. Written before the trial's outcome is committed. */
export interface TrialArtifacts {
  /**
   * Replaces what has the same name. What is no file fails the trial, also where nobody waits for it; the trial ends when
   * it is written.
   *
   * @param name letters, digits, `.`, `_`, `-`
   */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Null where nothing of that name was written. */
  read(name: string): Promise<Uint8Array | null>;
}

/** What a trial kept of its progress, as it was saved. */
export interface Checkpoint {
  /** The last step that it covers; go on at the next one. */
  readonly step: number;
  /** By name; what was saved as bytes alone is called `checkpoint`. */
  readonly files: { readonly [name: string]: Uint8Array };
}

/** Progress that outlives the attempt which made it, on whichever machine the next one runs. It ends with the trial. */
export interface TrialCheckpoint {
  /**
   * Keeps the progress up to `step`, in place of what was saved before, and returns the newest verdict known. A save
   * that does not come to its end leaves the one before it. Reports up to `step` stay if the trial is lost now; the
   * later ones are the next attempt's to make.
   *
   * @param step non-negative integer, the last one that was reported
   */
  save(step: number, files: Uint8Array | { readonly [name: string]: Uint8Array }): Promise<Verdict>;
  /** The newest that was saved by this attempt or an earlier one; null where the trial has to begin at the beginning. */
  load(): Promise<Checkpoint | null>;
}

/** What an objective gets beside its params. */
export interface TrialContext {
  /** Number of the trial within its study, from 0. */
  readonly number: number;
  /** 1 for the first try, one more whenever it is started again: after a loss, a hand-back or a retried error. */
  readonly attempt: number;
  /** Seed of this trial's own randomness, 31-bit; the same at every attempt. */
  readonly seed: number;
  /** Seed of what all trials of the study share, such as the split of the data. */
  readonly studySeed: number;
  /**
   * How much of the study's fidelity this trial may use, e.g. the number of epochs; null where the study names none. A
   * report of step s then says what a budget of s gives.
   */
  readonly fidelity: number | null;
  /** Aborted when the trial is pruned, cancelled, out of time, or its process is asked to stop. */
  readonly signal: TrialSignal;
  readonly artifacts: TrialArtifacts;
  readonly checkpoint: TrialCheckpoint;
  /**
   * Stores an intermediate value and returns the newest verdict known; never waits for a decision. What is no report
   * fails the trial, also where nobody waits for it.
   *
   * @param step non-negative integer; a repeated one is ignored
   * @param value in the direction of the study's loss
   */
  report(step: number, value: number): Promise<Verdict>;
}

/** What an objective may return: its loss, or the loss with what else is worth keeping. */
export type ObjectiveResult =
  | number
  | {
      readonly loss: number;
      /** Further figures, shown in tables. */
      readonly metrics?: { readonly [name: string]: number };
      /** Anything JSON that describes the run. */
      readonly attributes?: { readonly [name: string]: unknown };
      /** Not a key: it is `metrics`. */
      readonly metric?: never;
      /** Not a key: it is `attributes`. */
      readonly attribute?: never;
    };

/** Figures on the sealed test split. */
export interface TestResult {
  readonly metrics: { readonly [name: string]: number };
}

/** What an objective's check gets. */
export interface CheckContext {
  /** As a trial will have it. */
  readonly studySeed: number;
  /** What the study calls the loss. */
  readonly metric: string;
  readonly direction: "minimize" | "maximize";
}

/** The plain form of an objective. */
export type ObjectiveFunction<P> = (params: P, trial: TrialContext) => ObjectiveResult | Promise<ObjectiveResult>;

/** An objective that can also be judged on its sealed test split, once the search has chosen. */
export interface TestableObjective<P> {
  evaluate(params: P, trial: TrialContext): ObjectiveResult | Promise<ObjectiveResult>;
  /** Judges the model that `evaluate` left in the trial's artifacts. */
  test(params: P, trial: TrialContext): TestResult | Promise<TestResult>;
  /**
   * Sees that what every trial needs, such as its data, is there and whole. It is called before the first trial, and by
   * `parzen validate`: what it throws ends the run, and no trial is spent on it.
   */
  check?(study: CheckContext): void | Promise<void>;
}

/** Turns params into a loss. A throw, NaN or a non-number fails the trial, not the study. */
export type Objective<P> = ObjectiveFunction<P> | TestableObjective<P>;
