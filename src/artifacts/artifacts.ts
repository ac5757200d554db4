import type { TrialArtifacts } from "../trial/context.ts";

/** Where files of trials live: best models, checkpoints. A file is seen whole or not at all. */
export interface Artifacts {
  /** @param study the study's id, not its name */
  of(study: string, trial: number): TrialFiles;
  /** Names of all files of a study as `<trial>/<name>`. */
  list(study: string): Promise<readonly string[]>;
  removeStudy(study: string): Promise<void>;
}

export interface TrialFiles extends TrialArtifacts {
  /** Absolute path of the directory, so that another process can write there; null where they are kept in memory. */
  readonly directory: string | null;
  list(): Promise<readonly string[]>;
  remove(): Promise<void>;
}
