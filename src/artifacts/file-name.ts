import { ParzenError, show } from "../errors.ts";
import { isCount } from "../trial/option-check.ts";

/** Letters, digits, `.`, `_`, `-`, at most 120, and neither `.` nor `..`: a name that no path can escape with. */
const FILE_NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,120}$/;

/** False also for what is no text: an objective in JavaScript may give anything. */
export function isFileName(name: unknown): name is string {
  return typeof name === "string" && FILE_NAME.test(name);
}

/** @throws OPTION_INVALID */
export function checkFileName(name: unknown): void {
  if (isFileName(name)) return;
  const expected = "1 to 120 letters, digits, dots, underscores and hyphens";
  throw new ParzenError("OPTION_INVALID", `artifact name: expected ${expected}, received ${show(name)}`);
}

/** The key of a trial's files within its study. @throws OPTION_INVALID */
export function trialFolder(trial: number): string {
  if (isCount(0)(trial)) return String(trial);
  throw new ParzenError("OPTION_INVALID", `artifacts: expected a trial number, received ${trial}`);
}
