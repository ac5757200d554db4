import type { Command } from "commander";
import { ParzenError } from "../../src/errors.ts";
import type { TestRecord } from "../../src/store/study-record.ts";
import type { Study } from "../../src/study/study.ts";
import type { CompleteStudyTrial } from "../../src/study/study-trial.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { integerFrom } from "../options/option-value.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { figure, moment } from "../render/figure.ts";
import { pairs } from "../render/lines.ts";
import { print, printJson, say } from "../render/print.ts";
import { runCommand, sameStore } from "../study/go-on.ts";
import { readNotes } from "../study/notes.ts";
import { withStudy } from "../study/study-argument.ts";

interface TestOptions extends StoreOption {
  readonly trial?: number;
  readonly sweep?: string;
  readonly json?: boolean;
}

export function registerTest(program: Command): void {
  const command = program
    .command("test")
    .description("Judge a trial on the sealed test split, once; a repeat shows the stored figures.")
    .argument("[study]", "its name; not needed where the store holds only one")
    .option("--trial <number>", "default the best one", integerFrom(0))
    .option("--sweep <file>", "where the sweep is now; default where it was run from")
    .option("--json", "one JSON object on stdout")
    .action(testStudy);
  addStoreOption(command);
}

async function testStudy(name: string | undefined, options: TestOptions): Promise<void> {
  await withStudy(options, name, async (study, record) => {
    const trial = await chosenTrial(study, options.trial);
    const stored = record.tests.find((test) => test.trial === trial.number);
    const test = stored ?? (await evaluate(study, trial, options));
    if (options.json) printJson(test);
    else print(testText(study.name, trial, test));
    if (stored !== undefined) say(`Taken ${moment(stored.takenAtMs)} and kept: the test split is evaluated once.`);
  });
}

async function chosenTrial(study: Study, number: number | undefined): Promise<CompleteStudyTrial<unknown>> {
  const trial = number === undefined ? await study.best() : await study.trial(number);
  if (trial?.state === "complete") return trial;
  const what = trial === null ? `study "${study.name}" has no complete trial` : `trial ${number} is ${trial.state}`;
  throw new ParzenError("NO_TEST", `${what}: there is nothing to test`);
}

async function evaluate(study: Study, trial: CompleteStudyTrial<unknown>, options: TestOptions): Promise<TestRecord> {
  const { sweepOf } = await import("../sweep/noted-sweep.ts");
  const sweep = await sweepOf(await study.refresh(), options.sweep, sameStore(options, "test", study.name));
  await refuseOtherCode(study, trial, { sweep, options });
  const { executorOf } = await import("../sweep/executor.ts");
  const { plainSlots } = await import("../../src/executor/pool/gpu.ts");
  const executor = executorOf(sweep, {
    store: options.store,
    slots: plainSlots(1),
    trialTimeoutMs: sweep.trialTimeoutMs,
  });
  try {
    return await study.test(executor, trial.number);
  } finally {
    await executor.close();
  }
}

/** A test that other code takes says nothing about the trial. */
async function refuseOtherCode(
  study: Study,
  trial: CompleteStudyTrial<unknown>,
  { sweep, options }: { readonly sweep: LoadedSweep; readonly options: StoreOption },
): Promise<void> {
  if (trial.version === null || trial.version === sweep.version) return;
  const { codeChanges } = await import("../run/code-changes.ts");
  const record = await study.refresh();
  const changes = codeChanges(readNotes(record), sweep);
  const which = changes.length === 0 ? "" : `: ${changes.join(", ")}`;
  throw new ParzenError("STUDY_CHANGED", `the objective is not the one that trial ${trial.number} ran${which}`, {
    hint: `Put the files back, or run trials of the new one with: ${runCommand(record, options)}`,
  });
}

function testText(study: string, { number, loss }: CompleteStudyTrial<unknown>, { metrics }: TestRecord): string {
  const figures = Object.entries(metrics).map(([name, value]): [string, string] => [`test ${name}`, figure(value)]);
  return `${study}: trial ${number}, validation loss ${figure(loss)}\n\n${pairs(figures)}`;
}
