import { extname, resolve } from "node:path";
import type { StudyRecord } from "../../src/store/study-record.ts";
import { isFinished, isSpent, reachedBy } from "../../src/study/view/stopping.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { commandLine, shellQuote, unquoted, withFlags, wordsOf } from "../invocation.ts";
import { storeArguments } from "../options/store-argument.ts";
import type { StoreOption } from "../options/store-option.ts";
import { readNotes } from "./notes.ts";
import { wasExhausted } from "./study-state.ts";

/** What stands for the command of a study that was never run from a sweep: how a program is started, only its author knows. */
const PROGRAM = "the program that runs it";

/**
 * The command that makes a study go on that no process runs: one that gives it more where it has nothing left to do. For
 * a study that a program runs, what that must be given. Null where nothing is left to try.
 */
export function goOnCommand(view: StudyView, options: StoreOption): string | null {
  const { study } = view;
  if (wasExhausted(view)) return null;
  if (isOfProgram(study)) return goOnInProgram(view, options);
  if (isSpent(view)) return runCommand(study, options, 2 * study.nextNumber);
  if (!isFinished(view)) return runCommand(study, options);
  const rule = reachedBy(view) === "patience" ? "--patience" : "--target-loss";
  return sameStore(options, "set", study.name, rule, "none");
}

function isOfProgram(study: StudyRecord): boolean {
  return readNotes(study).resume === undefined;
}

/** A program sets limits of its own whenever it runs, so `set` would not last; a pause of somebody's it waits out. */
function goOnInProgram(view: StudyView, options: StoreOption): string {
  const { name, control, controlReason, nextNumber } = view.study;
  if (control === "paused" && controlReason === null) return sameStore(options, "resume", name);
  if (isSpent(view)) return `${PROGRAM}, with maxTrials above ${nextNumber}`;
  const reached = reachedBy(view);
  return reached === null ? PROGRAM : `${PROGRAM}, with another ${reached}`;
}

/**
 * The command that runs a study again: the one that its last run noted, with today's total or another one, as it is typed
 * here, for the store as it is reached here and with the name that the study has now. Where none did, a program runs it.
 */
export function runCommand(study: StudyRecord, { store }: StoreOption, another?: number): string {
  const { resume, objective, sweep } = readNotes(study);
  if (resume === undefined) return PROGRAM;
  const [, location = null] = storeArguments(store);
  const flags = {
    "--store": location,
    "-n": another ?? study.settings.maxTrials,
    "--name": study.name === objective ? null : study.name,
  };
  return withFlags(typedHere(resume, sweep), flags);
}

/** A noted command as this program is started, with a path of its sweep that leads there from this folder. */
function typedHere(resume: string, file: string | undefined): string {
  const words = wordsOf(resume);
  const at = words.indexOf("run");
  const [typed = "", ...options] = words.slice(at + 1);
  const isPath = extname(unquoted(typed)) !== ""; // what ships is named without its ending
  const leads = !isPath || file === undefined || resolve(unquoted(typed)) === file;
  return [commandLine("run"), leads ? typed : shellQuote(file), ...options].join(" ");
}

/** Another command on the same store as this one. */
export function sameStore({ store }: StoreOption, ...args: readonly string[]): string {
  return commandLine(...args, ...storeArguments(store));
}
