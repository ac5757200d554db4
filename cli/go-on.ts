import type { StudyRecord } from "../src/store/study-record.ts";
import { commandLine } from "./invocation.ts";
import { readNotes } from "./run/notes.ts";
import { DEFAULT_STORE, type StoreOption } from "./study-option.ts";

/**
 * The command that runs a study again: the one that its last run noted, with today's total; where none did, what it
 * must look like.
 */
export function runCommand(study: StudyRecord): string {
  const { resume } = readNotes(study);
  if (resume === undefined) return `${commandLine("run")} <sweep> --name ${study.name}`;
  const { maxTrials } = study.settings;
  const total = maxTrials === null ? "" : ` -n ${maxTrials}`;
  return / -n \d+/.test(resume) ? resume.replace(/ -n \d+/, total) : `${resume}${total}`;
}

/** Another command on the same store as this one. */
export function sameStore({ store }: StoreOption, ...args: readonly string[]): string {
  const isDefault = store === (process.env["PARZEN_STORE"] ?? DEFAULT_STORE);
  return commandLine(...args, ...(isDefault ? [] : ["--store", store]));
}
