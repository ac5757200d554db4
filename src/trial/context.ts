import type { Verdict } from "./report.ts";

/** The part of the platform's AbortSignal that an objective needs; an AbortSignal fits. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
  throwIfAborted(): void;
}

/** Files of one trial: its best model, for instance. Written before the trial's outcome is committed. */
export interface TrialArtifacts {
  /** Replaces what has the same name. @param name letters, digits, `.`, `_`, `-` */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Null where nothing of that name was written. */
  read(name: string): Promise<Uint8Array | null>;
}

/** What an objective gets beside its params. */
export interface TrialContext {
  /** Number of the trial within its study, from 0. */
  readonly number: number;
  /** 1 for the first try, one more after each loss. */
  readonly attempt: number;
  /** Seed of this trial's own randomness, 31-bit; the same at every attempt. */
  readonly seed: number;
  /** Seed of what all trials of the study share, such as the split of the data. */
  readonly studySeed: number;
  /** Aborted when the trial is cancelled, out of time, or its process is asked to stop. */
  readonly signal: AbortSignalLike;
  readonly artifacts: TrialArtifacts;
  /**
   * Stores an intermediate value and returns the newest verdict known; never waits for a decision.
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

/** The plain form of an objective. */
export type ObjectiveFunction<P> = (params: P, trial: TrialContext) => ObjectiveResult | Promise<ObjectiveResult>;

/** An objective that can also be judged on its sealed test split, once the search has chosen. */
export interface TestableObjective<P> {
  evaluate(params: P, trial: TrialContext): ObjectiveResult | Promise<ObjectiveResult>;
  /** Judges the model that `evaluate` left in the trial's artifacts. */
  test(params: P, trial: TrialContext): TestResult | Promise<TestResult>;
}

/** Turns params into a loss. A throw, NaN or a non-number fails the trial, not the study. */
export type Objective<P> = ObjectiveFunction<P> | TestableObjective<P>;
