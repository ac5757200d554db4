import type { TrialArtifacts } from "../trial/context.ts";

/** Where files of trials live: best models, checkpoints. A file is seen whole or not at all. */
export interface Artifacts {
  /**
   * @param study the study's id, not its name
   * @param attempt the trial's newest, or the one that is being made: a directory is that attempt's own
   */
  of(study: string, trial: number, attempt: number): TrialFiles;
  /**
   * Makes the files that earlier attempts left those of a second or later one, before it looks at them. Where they are in
   * a directory, nothing that a process of an earlier attempt still writes comes among them from then on. Where they are
   * in none, every write passes through the attempt, which asks the store whether it is still the trial's.
   *
   * @throws MACHINE_FAULT where the system refuses
   */
  begin(study: string, trial: number, attempt: number): Promise<void>;
  /** Names of all files of a study as `<trial>/<name>`, those of each trial's newest attempt. */
  list(study: string): Promise<readonly string[]>;
  removeStudy(study: string): Promise<void>;
  /**
   * Removes what belongs to no trial of a study: the files of every number that is not given out, which a store that lost
   * its latest steps in a power cut leaves behind and which the next trial of that number must not find; what a process
   * wrote whose attempt is not the trial's newest, as another one had followed or such a store knows of none; and what a
   * killed writer left half written, be it a whole study, once a day has passed since. Whatever else a trial wrote stays,
   * however the trial ended, until the study is deleted. Studies that this store does not know are left alone: another may
   * share the place.
   *
   * @param given is asked once it is known what is there, so that a trial that begins meanwhile keeps its files
   * @returns how many folders and half-written files were removed
   */
  collect(study: string, given: GivenTrials): Promise<number>;
}

/** What the store knows of a study's trials. */
export interface GivenTrials {
  /** How many numbers are given out. */
  count(): Promise<number>;
  /** The newest attempt at the trial of a number that is given out. */
  attemptAt(trial: number): Promise<number>;
}

/** Files of one trial, as the executor of an attempt sees them. */
export interface TrialFiles extends TrialArtifacts {
  /** Absolute path of the directory, so that another process can write there; null where they are kept in no directory. */
  readonly directory: string | null;
  list(): Promise<readonly string[]>;
  /** Nothing where there is none of that name. */
  removeFile(name: string): Promise<void>;
  /** What attempts before this one wrote goes too. */
  remove(): Promise<void>;
}
