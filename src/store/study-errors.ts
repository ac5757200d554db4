import { ParzenError } from "../errors.ts";

/*
 * What a method of a store throws for a study or trial that is not there, or is there already: one wording for all.
 */

export function studyNotFound(name: string, location: string): ParzenError {
  return new ParzenError("STUDY_NOT_FOUND", `there is no study "${name}" in ${location}`, {
    hint: "`listStudies()` of the store gives those that there are.",
  });
}

export function studyExists(name: string, location: string): ParzenError {
  return new ParzenError("STUDY_EXISTS", `there is already a study "${name}" in ${location}`, {
    hint: "take another name, or delete or rename that study first",
  });
}

/** Whether a study could not get its name, as another one has it. */
export function isStudyExists(error: unknown): boolean {
  return error instanceof ParzenError && error.code === "STUDY_EXISTS";
}

export function trialNotFound(study: string, number: number): ParzenError {
  return new ParzenError("TRIAL_NOT_FOUND", `the study "${study}" has no trial ${number}`);
}
