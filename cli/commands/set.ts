import type { Command } from "commander";
import { ParzenError } from "../../src/errors.ts";
import type { StudyRecord, StudySettings } from "../../src/store/study-record.ts";
import type { RunOptions } from "../../src/study/settings.ts";
import { orient } from "../../src/study/view/direction.ts";
import { isFinished } from "../../src/study/view/stopping.ts";
import { commandLine } from "../invocation.ts";
import { integerFrom, orNone, readDuration, readNumber } from "../options/option-value.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { count, duration } from "../render/figure.ts";
import { print, say } from "../render/print.ts";
import { runCommand } from "../study/go-on.ts";
import { withStudy } from "../study/study-argument.ts";
import { liveDriver, wasExhausted } from "../study/study-state.ts";
import { viewOf } from "../study/study-view.ts";

interface SetOptions extends StoreOption {
  readonly maxTrials?: Limit;
  readonly timeout?: Limit;
  readonly trialTimeout?: Limit;
  readonly targetLoss?: Limit;
  readonly patience?: Limit;
  readonly maxFailures?: number;
  readonly maxLost?: number;
  readonly errorRetries?: number;
}

type Limit = number | "none";

export function registerSet(program: Command): void {
  const command = program
    .command("set")
    .description("Change settings of a study, of a running one too. `none` takes a limit away.")
    .argument("<study>", "its name")
    .option("-n, --max-trials <count>", "total of trials", orNone(integerFrom(1)))
    .option("--timeout <duration>", "of each run, e.g. 90s, 10m, 2h", orNone(readDuration))
    .option("--trial-timeout <duration>", "of each trial, from the next one on", orNone(readDuration))
    .option("--target-loss <loss>", "end when a loss reaches it", orNone(readNumber))
    .option("--patience <count>", "end when so many trials in a row brought nothing better", orNone(integerFrom(1)))
    .option(
      "--max-failures <count>",
      "pause when so many trials in a row failed, or the first 5; 20 in a new study",
      integerFrom(1),
    )
    .option(
      "--max-lost <count>",
      "how often a trial may be lost with its process before it is failed; 3 in a new study",
      integerFrom(1),
    )
    .option("--error-retries <count>", "how often a trial that threw is tried again; 0 in a new study", integerFrom(0))
    .action(setStudy);
  addStoreOption(command);
}

async function setStudy(name: string, options: SetOptions): Promise<void> {
  const given = runOptions(options);
  if (Object.keys(given).length === 0) {
    throw new ParzenError("OPTION_INVALID", "nothing to set", {
      hint: `${commandLine("set", "--help")} lists the settings`,
    });
  }
  await withStudy(options, name, async (study, before) => {
    const after = await study.configure(notBelow(before, given));
    print(changeLines(before, after).join("\n"));
    if (isRaised(given, after)) say(`${count(after.nextNumber, "trial")} hold a number already`);
    const view = await viewOf(study.store, after);
    if (liveDriver(view) === null && !isFinished(view) && !wasExhausted(view))
      say(`Nothing runs it now. Go on with: ${runCommand(after, options)}`);
  });
}

function runOptions(options: SetOptions): RunOptions {
  const { store: _, artifacts: __, timeout: timeoutMs, trialTimeout: trialTimeoutMs, ...others } = options;
  const given = Object.entries({ ...others, timeoutMs, trialTimeoutMs }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, value === "none" ? null : value]));
}

/** A total is never less than the numbers that were given out. */
function notBelow({ nextNumber }: StudyRecord, given: RunOptions): RunOptions {
  const { maxTrials = null } = given;
  return maxTrials === null ? given : { ...given, maxTrials: Math.max(maxTrials, nextNumber) };
}

/** The settings that can be set, by their options, in the order of the help. */
const SHOWN: readonly (readonly [option: string, show: (study: StudyRecord) => string])[] = [
  ["max-trials", ({ settings }) => limit(settings.maxTrials)],
  ["timeout", ({ settings }) => limit(settings.timeoutMs, duration)],
  ["trial-timeout", ({ settings }) => limit(settings.trialTimeoutMs, duration)],
  ["target-loss", ({ settings, direction }) => limit(settings.targetLoss, (loss) => String(orient(direction, loss)))],
  ["patience", ({ settings }) => limit(settings.patience)],
  ["max-failures", ({ settings }) => limit(settings.maxFailures)],
  ["max-lost", ({ settings }) => limit(settings.maxLost)],
  ["error-retries", ({ settings }) => limit(settings.errorRetries)],
];

function limit(value: StudySettings["maxTrials"], show: (value: number) => string = String): string {
  return value === null ? "none" : show(value);
}

/** Whether the total is above what was given. */
function isRaised({ maxTrials = null }: RunOptions, { settings }: StudyRecord): boolean {
  return maxTrials !== null && settings.maxTrials !== null && maxTrials < settings.maxTrials;
}

function changeLines(before: StudyRecord, after: StudyRecord): readonly string[] {
  const lines = SHOWN.map(([option, show]) => ({ option, was: show(before), is: show(after) }))
    .filter(({ was, is }) => was !== is)
    .map(({ option, was, is }) => `${option}: ${was} -> ${is}`);
  return lines.length === 0 ? ["nothing changed: it was set so already"] : lines;
}
