import { rmdir } from "node:fs/promises";
import { join } from "node:path";
import { makeTrialFolder } from "../../artifacts/directory.ts";
import type { Outcome } from "../../trial/outcome.ts";
import type { TrialTask } from "../../trial/task.ts";
import { endedBy, type Limits, stopReasonOf } from "../ending.ts";
import type { Evaluation, Watch } from "../executor.ts";
import { messageOf } from "../failure-message.ts";
import { Output } from "../output.ts";
import { countMemoryKills } from "../process/out-of-memory.ts";
import type { Reaper } from "../process/reaper.ts";
import { type Program, type StartError, startTree, type TreeProcess } from "../process/spawn.ts";
import { invalid } from "../result.ts";
import type { Slot, SlotSupport } from "../slot/slot.ts";
import type { Staging } from "../slot/staging.ts";
import { Supervision } from "../supervision.ts";
import { type CommandObjective, outcomeOfMissing, type ProgramPlaces, programOf } from "./command-program.ts";
import { CommandProgress } from "./command-progress.ts";
import { type Ended, resultOfCommand, resultOfTest } from "./command-result.ts";
import { ReportFile } from "./report-file.ts";

export interface CommandSlotOptions extends CommandObjective {
  /** Name of the loss among what the program gives. */
  readonly metric: string;
  readonly limits: Limits;
}

/** A slot for an objective that is a program: started for every trial, gone with all that it started afterwards. */
export class CommandSlot implements Slot {
  readonly #options: CommandSlotOptions;
  readonly #reaper: Reaper;
  readonly #staging: Staging;
  #tree: TreeProcess | null = null;
  #isClosed = false;

  constructor(options: CommandSlotOptions, { reaper, staging }: SlotSupport) {
    this.#options = options;
    this.#reaper = reaper;
    this.#staging = staging;
  }

  evaluate(task: TrialTask, watch: Watch): Promise<Evaluation> {
    return this.#staging.lend(watch.files, ({ directory: artifacts }) =>
      this.#staging.lendEmpty(async (temporary) => {
        await makeTrialFolder(artifacts);
        const reportFile = join(temporary, "reports.jsonl");
        const places = { artifacts, reportFile, checkpoint: join(temporary, "checkpoint") };
        const evaluation = await this.#evaluate(task, watch, places);
        await rmdir(artifacts).catch(() => undefined); // it stays where something was written
        return evaluation;
      }),
    );
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#tree?.destroy();
  }

  async #evaluate(task: TrialTask, watch: Watch, places: ProgramPlaces): Promise<Evaluation> {
    let program: Program;
    try {
      program = programOf(this.#options, task, places);
    } catch (error) {
      return { outcome: invalid(messageOf(error)), log: "" };
    }
    const { signal } = watch;
    const progress = new CommandProgress(places.checkpoint, task, watch);
    await progress.restore();
    if (progress.fault !== null) return { outcome: progress.fault, log: "" };
    const tree = signal.aborted ? null : await startTree(program, this.#reaper);
    if (tree === null) return { outcome: endedBy(stopReasonOf(signal), 0, this.#options.limits), log: "" };
    this.#tree = tree;
    if (this.#isClosed) void tree.destroy();
    try {
      return await this.#follow(tree, { task, watch, program, places, progress });
    } finally {
      await tree.destroy();
      this.#tree = null;
    }
  }

  async #follow(tree: TreeProcess, { task, watch, program, places, progress }: Started): Promise<Evaluation> {
    const { metric, limits } = this.#options;
    const memoryKills = countMemoryKills();
    const output = new Output((text) => watch.print(text));
    tree.output = output;
    const supervision = new Supervision(watch, limits, {
      isApart: true,
      ask: () => tree.signal("SIGTERM"),
      kill: () => void tree.destroy(),
    });
    progress.begin(supervision);
    const reports = this.#reportsOf(tree, supervision, { places, progress });
    supervision.begin();
    reports.follow();
    const exit = await tree.ended;
    supervision.over();
    await tree.destroy();
    await reports.finish();
    const ended =
      exit.kind === "unstarted" ? exit.error : { exit, output, metric, lastReport: reports.last, memoryKills };
    const result = await resultOf(task, program, ended);
    await progress.finish(supervision.outcome(result), reports.lastStep);
    return supervision.conclude(
      () => progress.fault ?? result,
      () => output.log.text(),
    );
  }

  #reportsOf(
    tree: TreeProcess,
    supervision: Supervision,
    { places, progress }: Pick<Started, "places" | "progress">,
  ): ReportFile {
    return new ReportFile(places.reportFile, {
      metric: this.#options.metric,
      firstStep: progress.firstStep,
      // The program hears of no verdict by itself, so it is asked to end.
      report: async (lines) => (await supervision.report(lines)) === "prune" && tree.signal("SIGTERM"),
      caughtUp: async (step, writtenAt) => {
        const isDone = await progress.keep(step, writtenAt);
        if (progress.fault !== null) void tree.destroy();
        return isDone;
      },
    });
  }
}

async function resultOf(task: TrialTask, program: Program, ended: Ended | StartError): Promise<Outcome> {
  if (ended instanceof Error) return outcomeOfMissing(program, ended);
  return task.purpose === "test" ? resultOfTest(ended) : resultOfCommand(ended);
}

interface Started {
  readonly task: TrialTask;
  readonly watch: Watch;
  readonly program: Program;
  readonly places: ProgramPlaces;
  readonly progress: CommandProgress;
}
