import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { checkAssignment } from "../../space/assignment.ts";
import type { CompiledSpace } from "../../space/compile.ts";
import { decode } from "../../space/decode.ts";
import { flatten } from "../../space/flatten.ts";
import { expandCommand } from "../../trial/command-line.ts";
import { variableOf } from "../../trial/command-variables.ts";
import type { Outcome } from "../../trial/outcome.ts";
import type { TrialTask } from "../../trial/task.ts";
import { machineFault } from "../machine-fault.ts";
import { outcomeOfUnstarted } from "../process/death.ts";
import type { Program, StartError } from "../process/spawn.ts";

/** An objective that is a program. */
export interface CommandObjective {
  /** See `expandCommand` for what is replaced in it. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly space: CompiledSpace;
  readonly env: NodeJS.ProcessEnv;
}

/** Where a program finds and leaves files of its trial. */
export interface ProgramPlaces {
  readonly artifacts: string;
  readonly reportFile: string;
  readonly checkpoint: string;
}

/**
 * The program of one trial, with its arguments and variables.
 *
 * @throws ParamsError where the task's assignment does not belong to the space
 */
export function programOf(objective: CommandObjective, task: TrialTask, places: ProgramPlaces): Program {
  const { argv, space, cwd, env } = objective;
  checkAssignment(space, task.assignment);
  const [file = "", ...args] = expandCommand(argv, space, task);
  return { file, args, cwd, env: { ...env, ...variablesOf(space, task, places) }, hasChannel: false };
}

/** What a program may read instead of its arguments. */
function variablesOf(space: CompiledSpace, task: TrialTask, places: ProgramPlaces): NodeJS.ProcessEnv {
  const params = flatten(space, task.assignment).map(([path, value]) => [variableOf(path), String(value)]);
  return {
    ...Object.fromEntries(params),
    PARZEN_PARAMS: JSON.stringify(decode(space, task.assignment)),
    PARZEN_TRIAL: String(task.trial),
    PARZEN_STUDY: task.study,
    PARZEN_SEED: String(task.seed),
    PARZEN_STUDY_SEED: String(task.studySeed),
    PARZEN_ATTEMPT: String(task.attempt),
    ...(task.fidelity === null ? {} : { PARZEN_FIDELITY: String(task.fidelity) }),
    PARZEN_PURPOSE: task.purpose,
    PARZEN_REPORT_FILE: places.reportFile,
    PARZEN_ARTIFACTS_DIR: places.artifacts,
    PARZEN_CHECKPOINT_DIR: places.checkpoint,
  };
}

/**
 * Of one that could not be started. The system says "not found" of a program, of its working directory and of the
 * interpreter of a script alike.
 */
export async function outcomeOfMissing({ file, cwd }: Program, error: StartError): Promise<Outcome> {
  const isThere = (path: string): Promise<boolean> =>
    stat(path).then(
      () => true,
      () => false,
    );
  if (!(await isThere(cwd))) return machineFault(`the command's working directory ${cwd} does not exist`);
  if (error.code === "ENOENT" && file.includes("/") && (await isThere(resolve(cwd, file)))) {
    return machineFault(`could not start ${file}: the interpreter that its first line names is not there`);
  }
  return outcomeOfUnstarted(file, error);
}
