import { memoryArtifacts } from "../../src/artifacts/memory.ts";
import { ParzenError } from "../../src/errors.ts";
import type { Evaluation, Executor } from "../../src/executor/executor.ts";
import type { SlotEnvironment } from "../../src/executor/pool/gpu.ts";
import { encode } from "../../src/space/encode.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import { trialSeed } from "../../src/study/proposal/propose.ts";
import type { Study } from "../../src/study/study.ts";
import type { StudyTrial } from "../../src/study/study-trial.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import type { Outcome } from "../../src/trial/outcome.ts";
import type { TrialTask } from "../../src/trial/task.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { StoreOption } from "../options/store-option.ts";
import { err } from "../render/colors.ts";
import { flatParams, paramsLine } from "../render/params.ts";
import { say } from "../render/print.ts";
import { listenForStops } from "../run/signals.ts";
import { sameStore } from "../study/go-on.ts";
import { withStudy } from "../study/study-argument.ts";
import { executorOf } from "../sweep/executor.ts";
import { sweepOf } from "../sweep/noted-sweep.ts";
import { backendDifference, type Differing, differencesFrom } from "./differences.ts";
import { printResult } from "./result.ts";

export interface RerunOptions extends StoreOption {
  /** The inspector's address; true for its default. */
  readonly inspect?: string | true;
  readonly sweep?: string;
}

/** A debugger may take its time to attach. */
const DAY_MS = 86_400_000;

/** `parzen rerun`. @returns its exit code */
export async function rerun(name: string, number: number, options: RerunOptions): Promise<ExitCode> {
  return withStudy(options, name, async (study, record) => {
    const trial = await study.trial(number);
    const sweep = await sweepOf(record, options.sweep, sameStore(options, "rerun", record.name, String(number)));
    say(`${err.bold(`${name} #${number}`)} ${err.dim(paramsLine(flatParams(study.space, trial.params)))}`);
    sayDifferences(differencesFrom(record, trial, sweep));
    return run(study, trial, { record, sweep, options });
  });
}

interface Rerun {
  readonly record: StudyRecord;
  readonly sweep: LoadedSweep;
  readonly options: RerunOptions;
}

async function run(study: Study, trial: StudyTrial<unknown>, { record, sweep, options }: Rerun): Promise<ExitCode> {
  const executor = executorOf(sweep, { store: options.store, slots: [slotOf(sweep, options)], readyWithinMs: DAY_MS });
  const stops = listenForStops({ draining: () => void executor.close(), halting: () => void executor.close() });
  try {
    const task = taskOf(study, record, trial);
    const { outcome } = await evaluate(executor, task, sweep);
    const interrupted = stops.exitCode();
    if (interrupted !== null) return interrupted;
    sayDifferences(backendDifference(trial, attributesOf(outcome)["backend"]), false);
    printResult(record, trial, outcome);
    return outcome.kind === "complete" ? EXIT.ok : EXIT.failed;
  } finally {
    await executor.close();
    stops.dispose();
  }
}

function slotOf({ command }: LoadedSweep, { inspect }: RerunOptions): SlotEnvironment {
  const slot: SlotEnvironment = { slot: 0, gpus: [], env: {} };
  if (inspect === undefined) return slot;
  if (command !== null) {
    throw new ParzenError(
      "OPTION_INVALID",
      "--inspect: this sweep's objective is a command, not a function of Node.js",
      {
        hint: "Start the command by hand under its own debugger; `parzen trials show` has the params.",
      },
    );
  }
  const wait = inspect === true ? "--inspect-wait" : `--inspect-wait=${inspect}`;
  return { ...slot, env: { NODE_OPTIONS: [process.env["NODE_OPTIONS"], wait].filter(Boolean).join(" ") } };
}

/** Version null: whatever the code is now, it is meant. */
function taskOf(
  study: Study,
  record: StudyRecord,
  { number, params, attempt, fidelity }: StudyTrial<unknown>,
): TrialTask {
  return {
    v: 1,
    study: record.name,
    trial: number,
    attempt: Math.max(attempt, 1),
    token: "",
    objective: record.name,
    version: null,
    assignment: encode(study.space, params),
    fidelity,
    seed: trialSeed(record, number),
    studySeed: record.seed,
    purpose: "search",
    resumedFrom: null,
  };
}

async function evaluate(executor: Executor, task: TrialTask, { metric }: LoadedSweep): Promise<Evaluation> {
  let isOpen = false; // a line that the objective has not ended
  const print = (text: string): void => {
    process.stderr.write(text);
    isOpen = !text.endsWith("\n");
  };
  const ended = await executor.evaluate(task, {
    signal: new AbortController().signal,
    files: memoryArtifacts().of("rerun", task.trial, task.attempt),
    print,
    report: async (reports) => {
      for (const { step, value } of reports) say(err.dim(`step ${step}: ${metric} ${value}`));
      return "continue";
    },
    checkpoint: async () => "continue",
  });
  if (isOpen) print("\n");
  return ended;
}

function attributesOf(outcome: Outcome): { readonly [name: string]: unknown } {
  return outcome.kind === "complete" ? (outcome.attributes ?? {}) : {};
}

/** @param isAll whether an empty list means that everything is as it was */
function sayDifferences(found: readonly Differing[], isAll = true): void {
  if (found.length === 0 && isAll) say(err.dim("as recorded: objective, commit, host, node, parzen"));
  if (found.length === 0) return;
  say(err.yellow("not as it was recorded:"));
  for (const { what, before, after } of found) say(`  ${what}: ${before} -> ${after}`);
}
