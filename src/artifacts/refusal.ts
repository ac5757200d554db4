import { isParzenError, type ParzenError } from "../errors.ts";

/** Whether files cannot be kept, now or later: too large for where they go. Waiting does not help, so the trial fails. */
export function isArtifactRefusal(error: unknown): error is ParzenError {
  return isParzenError(error) && error.code === "ARTIFACT_REFUSED";
}
