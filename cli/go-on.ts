import type { StudyRecord } from "../src/store/study-record.ts";
import { stoppedBy } from "../src/study/stopping.ts";
import type { StudyView } from "../src/study/view.ts";
import { commandLine, withFlags } from "./invocation.ts";
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
 * as it is reached here, and with the name that the study has now; where none did, what it must look like.
 */
export function runCommand(study: StudyRecord, { store }: StoreOption, another?: number): string {
  const { resume, objective } = readNotes(study);
  const known = resume === undefined ? null : study.settings.maxTrials;
  const [, location = null] = storeArguments(store);
  const flags = {
    "--store": location,
    "-n": another ?? known,
    "--name": study.name === objective ? null : study.name,
  };
  return withFlags(resume ?? `${commandLine("run")} <sweep>`, flags);
}

/** Another command on the same store as this one. */
export function sameStore({ store }: StoreOption, ...args: readonly string[]): string {
  return commandLine(...args, ...storeArguments(store));
}
