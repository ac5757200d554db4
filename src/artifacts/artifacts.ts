import type { TrialArtifacts } from "../trial/context.ts";

/** Where files of trials live: best models, checkpoints. A file is seen whole or not at all. */
export interface Artifacts {
  /**
   * @param study the study's id, not its name
   * @param attempt the trial's newest, or the one that is being made
   */
  of(study: string, trial: number, attempt: number): TrialFiles;
  /** Names of all files of a study as `<trial>/<name>`. */
  list(study: string): Promise<readonly string[]>;
  removeStudy(study: string): Promise<void>;
  /**
   * Removes what belongs to no trial of a study: the files of every number that is not given out, which a store that lost
   * its latest steps in a power cut leaves behind and which the next trial of that number must not find, and what a killed
   * writer left half written, once a day has passed since. What any trial wrote whole stays, however the trial
   * ended, until the study is deleted. Studies that this store does not know are left alone: another may share the place.
   *
   * @param given how many numbers are given out; asked once it is known what is there, so that a trial that begins
   * meanwhile keeps its files
   * @returns how many trial folders and half-written files were removed
   */
  collect(study: string, given: () => Promise<number>): Promise<number>;
}

/** Files of one trial, as its executor sees them. */
export interface TrialFiles extends TrialArtifacts {
  /** Absolute path of the directory, so that another process can write there; null where they are kept in no directory. */
  readonly directory: string | null;
  list(): Promise<readonly string[]>;
  /** Nothing where there is none of that name. */
  removeFile(name: string): Promise<void>;
  remove(): Promise<void>;
}
