import type { Command } from "commander";
import { ParzenError } from "../../src/errors.ts";
import type { StoredStudy } from "../../src/study/stored-study.ts";
import { isFinished } from "../../src/study/view/stopping.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { integerFrom } from "../options/option-value.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { count } from "../render/figure.ts";
import { print, say } from "../render/print.ts";
import { goOnCommand, runCommand, sameStore } from "../study/go-on.ts";
import { withStored } from "../study/study-argument.ts";
import { liveDriver, wasExhausted } from "../study/study-state.ts";
import { countsOf, viewOf } from "../study/study-view.ts";

interface CancelOptions extends StoreOption {
  readonly trial?: number;
}

/** Registers pause, resume, stop and cancel: what a person may ask of a study, from any process. */
export function registerControl(program: Command): void {
  add(program, "pause", "Propose nothing more until `resume`; running trials go on.").action(pause);
  add(program, "resume", "Let a paused or stopped study go on.").action(resume);
  add(program, "stop", "Let running trials end, then end the process that runs the study.").action(stop);
  add(program, "cancel", "End a study's running trials and the process that runs it, or one trial.")
    .option("--trial <number>", "only this trial, queued or running; the study goes on", integerFrom(0))
    .action(cancel);
}

function add(program: Command, name: string, description: string): Command {
  const command = program.command(name).description(description);
  return addStoreOption(command.argument("[study]", "its name; not needed where the store holds only one"));
}

async function pause(name: string | undefined, options: StoreOption): Promise<void> {
  await withStored(options, name, async (study) => {
    await study.pause();
    const view = await viewNow(study);
    print(`${study.name} is paused. ${runningTrials(view)}nothing new is proposed.`);
    say(`Let it go on with: ${sameStore(options, "resume", study.name)}`);
    if (liveDriver(view) === null)
      say(`No process runs it now; after that, run it with: ${runCommand(view.study, options)}`);
  });
}

async function resume(name: string | undefined, options: StoreOption): Promise<void> {
  await withStored(options, name, async (study) => {
    await study.resume();
    const view = await viewNow(study);
    if (liveDriver(view) !== null) return print(`${study.name} goes on.`);
    if (isFinished(view)) {
      print(`${study.name} may go on, but it is finished.`);
      const next = goOnCommand(view, options);
      return next === null ? undefined : say(`Give it more with: ${next}`);
    }
    if (wasExhausted(view)) return print(`${study.name} may go on, but nothing is left to try.`);
    print(`${study.name} may go on, but no process runs it.`);
    say(`Run it with: ${runCommand(view.study, options)}`);
  });
}

async function stop(name: string | undefined, options: StoreOption): Promise<void> {
  await withStored(options, name, async (study) => {
    const driver = liveDriver(await viewNow(study)); // which may be gone as soon as it is told
    await study.stop();
    const view = await viewNow(study);
    if (driver === null) print(`${study.name} is stopped; no process was running it.`);
    else print(`${study.name} is stopped. ${runningTrials(view)}then process ${driver.holder.pid} ends.`);
    const next = goOnCommand(view, options);
    if (next !== null) say(`Go on with: ${next}`);
  });
}

async function cancel(name: string | undefined, options: CancelOptions): Promise<void> {
  await withStored(options, name, async (study) => {
    if (options.trial !== undefined) return cancelTrial(study, options.trial, options);
    const driver = liveDriver(await viewNow(study));
    await study.cancel();
    const view = await viewNow(study);
    if (driver === null) print(`${study.name} is cancelled; no process was running it.`);
    else print(`${study.name} is cancelled: its running trials are ended, then process ${driver.holder.pid}.`);
    const next = goOnCommand(view, options);
    say(`What is finished is kept.${next === null ? "" : ` Go on with: ${next}`}`);
  });
}

async function cancelTrial(study: StoredStudy, number: number, options: StoreOption): Promise<void> {
  const { state } = await study.trial(number);
  if (state !== "queued" && state !== "running") {
    throw new ParzenError("TRIAL_NOT_RUNNING", `trial ${number} of "${study.name}" has ended already: it is ${state}`);
  }
  await study.cancel(number);
  const view = await viewNow(study);
  if (view.trials[number]?.state === "cancelled") return print(`Trial ${number} is cancelled.`);
  if (liveDriver(view) !== null)
    return print(`Trial ${number} is told to end with its next report, or within seconds.`);
  print(`Trial ${number} will be cancelled; no process runs the study now.`);
  say(`Go on with: ${runCommand(view.study, options)}`);
}

async function viewNow(study: StoredStudy): Promise<StudyView> {
  return viewOf(study.store, await study.refresh());
}

/** The start of a sentence on what goes on meanwhile. */
function runningTrials(view: StudyView): string {
  const { running } = countsOf(view);
  if (running === 0 || liveDriver(view) === null) return "No trial is running; ";
  return `${count(running, "running trial")} go${running === 1 ? "es" : ""} on to the end; `;
}
