import type { StudyRecord } from "../src/store/study-record.ts";
import { stoppedBy } from "../src/study/stopping.ts";
import type { StudyView } from "../src/study/view.ts";
import { commandLine, shellQuote } from "./invocation.ts";
import { readNotes } from "./run/notes.ts";
import { storeArguments } from "./store-argument.ts";
import type { StoreOption } from "./store-option.ts";
import { isFinished, isSpent, wasExhausted } from "./study-state.ts";

/**
 * The command that makes a study go on that no process runs: one that gives it more where it has nothing left to do.
 * Null where nothing is left to try.
 */
export function goOnCommand(view: StudyView, options: StoreOption): string | null {
  const { study } = view;
  if (wasExhausted(view)) return null;
  if (isSpent(view)) return runCommand(study, options, 2 * study.nextNumber);
  if (!isFinished(view)) return runCommand(study, options);
  const rule = stoppedBy(view, 0) === "patience" ? "--patience" : "--target-loss";
  return sameStore(options, "set", study.name, rule, "none");
}

/**
 * The command that runs a study again: the one that its last run noted, with today's total or another one, on the store
 * as it is reached here; where none did, what it must look like.
 */
export function runCommand(study: StudyRecord, { store }: StoreOption, another?: number): string {
  const noted = readNotes(study).resume;
  const { maxTrials } = study.settings;
  if (noted === undefined) {
    const command = `${commandLine("run")} <sweep> --name ${shellQuote(study.name)}`;
    return another === undefined ? command : `${command} -n ${another}`;
  }
  const resume = onStore(noted, store);
  const total = another ?? maxTrials;
  const flag = total === null ? "" : ` -n ${total}`;
  return / -n \d+/.test(resume) ? resume.replace(/ -n \d+/, flag) : `${resume}${flag}`;
}

/** A noted command with the store that is meant here: there it may have come from the environment, or not. */
function onStore(command: string, store: string): string {
  const here = storeArguments(store).map(shellQuote).join(" ");
  const given = / --store (?:'(?:[^']|'\\'')*'|\S+)/;
  if (given.test(command)) return command.replace(given, () => (here === "" ? "" : ` ${here}`));
  return here === "" ? command : `${command} ${here}`;
}

/** Another command on the same store as this one. */
export function sameStore({ store }: StoreOption, ...args: readonly string[]): string {
  return commandLine(...args, ...storeArguments(store));
}
