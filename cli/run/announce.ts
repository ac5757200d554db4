import type { SlotEnvironment } from "../../src/executor/pool/gpu.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import type { StoreOption } from "../options/store-option.ts";
import { err } from "../render/colors.ts";
import { count } from "../render/figure.ts";
import { goOnCommand } from "../study/go-on.ts";
import { fromLines } from "./from.ts";
import { gpusText } from "./gpus-text.ts";
import type { OpenedStudy } from "./open.ts";
import type { RunPlan } from "./plan.ts";
import type { Screen } from "./screen.ts";

export interface Announcement {
  readonly plan: RunPlan;
  readonly opened: OpenedStudy;
  readonly view: StudyView;
  readonly slots: readonly SlotEnvironment[];
  readonly warnings: readonly string[];
}

/** Says what a run is about to do. The first line is the command that resumes it, and nothing else. */
export function announce(screen: Screen, { plan, opened, view, slots, warnings }: Announcement): void {
  const { renamed, heldAs, from, codeChanges, otherWays } = opened;
  screen.say(plan.resume);
  screen.say(err.dim(headline(plan, view, slots)));
  for (const warning of warnings) screen.say(err.yellow(`warning: ${warning}`));
  if (renamed !== null) screen.say(`the old study is kept as ${renamed}`);
  if (heldAs !== null) screen.say(`${view.study.name} was ${heldAs}; it goes on now`);
  for (const line of fromLines(from)) screen.say(line);
  if (codeChanges.length === 0) return;
  screen.say(err.yellow("the objective changed since the last run:"));
  for (const line of codeChanges) screen.say(`  ${line}`);
  screen.say(`this run goes on with the new code; earlier trials keep their results\n${otherWays}`);
}

/** What a finished study still does, and the command that extends it. */
export function finishedText(view: StudyView, options: StoreOption, isTestDue: boolean): string {
  const left = isTestDue ? "only the test split is left to evaluate" : "nothing to do";
  const next = goOnCommand(view, options);
  return next === null ? left : `${left}; extend it with: ${next}`;
}

/** `digits-mlp in .parzen/parzen.db, new, 30 trials in all, 2 slots, auto with seed 1; the line above resumes it`. */
function headline({ name, flags }: RunPlan, { study, trials }: StudyView, slots: readonly SlotEnvironment[]): string {
  const { maxTrials } = study.settings;
  const gpus = gpusText(slots);
  const parts = [
    `${name} in ${flags.store}`,
    trials.some((trial) => trial.attempt > 0) ? `${count(trials.length, "trial")} there` : "new",
    maxTrials === null ? "no total" : `${count(maxTrials, "trial")} in all`,
    slots.length === 0
      ? "on the slots of its workers"
      : `${count(slots.length, "slot")}${gpus === null ? "" : ` on GPUs ${gpus}`}`,
    `${study.sampler.name} with seed ${study.seed}`,
  ];
  return `${parts.join(", ")}; the line above resumes it`;
}
