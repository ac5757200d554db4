import { isParzenError, ParzenError } from "../errors.ts";

/*
 * What a method of a store throws for a study or trial that is not there, or is there already: one wording for all.
 */

export function studyNotFound(name: string, location: string): ParzenError {
  return new ParzenError("STUDY_NOT_FOUND", `there is no study "${name}" in ${location}`, {
    hint: "`listStudies()` of the store gives those that there are.",
  });
}

/** The same for who works on the study. @param cause a `studyNotFound` */
export function studyGone(name: string, location: string, cause: unknown): ParzenError {
  return new ParzenError(
    "STUDY_NOT_FOUND",
    `study "${name}" was deleted or renamed while it ran: there is none in ${location}`,
    {
      hint: "A renamed study goes on under its new name; what a deleted one had is gone",
      cause,
    },
  );
}

export function isStudyNotFound(error: unknown): boolean {
  return isParzenError(error) && error.code === "STUDY_NOT_FOUND";
}

export function studyExists(name: string, location: string): ParzenError {
  return new ParzenError("STUDY_EXISTS", `there is already a study "${name}" in ${location}`, {
    hint: "take another name, or delete or rename that study first",
  });
}

/** Whether a study could not get its name, as another one has it. */
export function isStudyExists(error: unknown): boolean {
  return isParzenError(error) && error.code === "STUDY_EXISTS";
}

export function trialNotFound(study: string, number: number): ParzenError {
  return new ParzenError("TRIAL_NOT_FOUND", `the study "${study}" has no trial ${number}`);
}

/** Whether a store has no such study or trial: nothing can be said about it, now or later. */
export function isGone(error: unknown): boolean {
  return isStudyNotFound(error) || (isParzenError(error) && error.code === "TRIAL_NOT_FOUND");
}
