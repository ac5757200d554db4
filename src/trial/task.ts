import type { Assignment } from "../space/assignment.ts";

/** What a slot receives: plain JSON, validated at each process border. Nothing in it is executable. */
export interface TrialTask {
  readonly v: 1;
  /** Name of the study in its store. */
  readonly study: string;
  /** Number of the trial within its study. */
  readonly trial: number;
  /** Rises at every claim; the fence against late outcomes. */
  readonly attempt: number;
  /** Random secret of this attempt. */
  readonly token: string;
  /** Name of the sweep whose objective is meant. */
  readonly objective: string;
  /** Hash of the objective's code and data; null where it is a function of the same process. */
  readonly version: string | null;
  readonly assignment: Assignment;
  /** The trial's budget, in units of the study's fidelity; null where it names none. */
  readonly fidelity: number | null;
  /** Seeds the trial's own randomness: training, shuffling, initial weights. 31-bit. */
  readonly seed: number;
  /** Seeds what is one for the whole study: how the data is split. */
  readonly studySeed: number;
  readonly purpose: "search" | "test";
  /** The step of the checkpoint that the attempt goes on from; null where it begins at the beginning. */
  readonly resumedFrom: number | null;
}
