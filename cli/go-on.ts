import type { StudyRecord } from "../src/store/study-record.ts";
import { stoppedBy } from "../src/study/stopping.ts";
import type { StudyView } from "../src/study/view.ts";
import { commandLine, shellQuote } from "./invocation.ts";
import { readNotes } from "./run/notes.ts";
import { DEFAULT_STORE, type StoreOption } from "./study-option.ts";
import { isFinished, isSpent, wasExhausted } from "./study-state.ts";

/**
 * The command that makes a study go on that no process runs: one that gives it more where it has nothing left to do.
 * Null where nothing is left to try.
 */
export function goOnCommand(view: StudyView, options: StoreOption): string | null {
  const { study } = view;
  if (wasExhausted(view)) return null;
  if (isSpent(view)) return runCommand(study, 2 * study.nextNumber);
  if (!isFinished(view)) return runCommand(study);
  const rule = stoppedBy(view, 0) === "patience" ? "--patience" : "--target-loss";
  return sameStore(options, "set", study.name, rule, "none");
}

/**
 * The command that runs a study again: the one that its last run noted, with today's total or another one; where none
 * did, what it must look like.
 */
export function runCommand(study: StudyRecord, another?: number): string {
  const { resume } = readNotes(study);
  const { maxTrials } = study.settings;
  if (resume === undefined) {
    const command = `${commandLine("run")} <sweep> --name ${shellQuote(study.name)}`;
    return another === undefined ? command : `${command} -n ${another}`;
  }
  const total = another ?? maxTrials;
  const flag = total === null ? "" : ` -n ${total}`;
  return / -n \d+/.test(resume) ? resume.replace(/ -n \d+/, flag) : `${resume}${flag}`;
}

/** Another command on the same store as this one. */
export function sameStore({ store }: StoreOption, ...args: readonly string[]): string {
  const isDefault = store === (process.env["PARZEN_STORE"] ?? DEFAULT_STORE);
  return commandLine(...args, ...(isDefault ? [] : ["--store", store]));
}
