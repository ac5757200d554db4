import { readdir } from "node:fs/promises";
import { ParzenError } from "../errors.ts";
import { isCount } from "../trial/option-check.ts";
import { absentAsNull } from "./absent.ts";
import { trialFolder } from "./file-name.ts";

const NAME = /^(\d{1,16})(?:\.(\d{1,16}))?$/;

/** The folder of one attempt, within that of its study. */
export interface AttemptFolder {
  readonly name: string;
  readonly trial: number;
  readonly attempt: number;
}

/**
 * `<trial>` of the first attempt, and of a trial that none was made at; `<trial>.<attempt>` of a later one.
 *
 * @throws OPTION_INVALID
 */
export function attemptFolder(trial: number, attempt: number): string {
  const first = trialFolder(trial);
  if (!isCount(0)(attempt)) {
    throw new ParzenError("OPTION_INVALID", `artifacts: expected the number of an attempt, received ${attempt}`);
  }
  return attempt <= 1 ? first : `${first}.${attempt}`;
}

/** All that are there, by trial, and of one trial by attempt. */
export async function attemptFolders(study: string): Promise<readonly AttemptFolder[]> {
  const folders: AttemptFolder[] = [];
  for (const name of (await absentAsNull(readdir(study))) ?? []) {
    const [isName, trial, attempt = "1"] = NAME.exec(name) ?? [];
    if (isName !== undefined) folders.push({ name, trial: Number(trial), attempt: Number(attempt) });
  }
  return folders.sort((a, b) => a.trial - b.trial || a.attempt - b.attempt);
}

/** Of folders in that order, the last of each trial. */
export function newestAttempts(folders: readonly AttemptFolder[]): readonly AttemptFolder[] {
  return folders.filter(({ trial }, at) => folders[at + 1]?.trial !== trial);
}
