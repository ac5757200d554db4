import { show } from "../../errors.ts";
import type { FailedOutcome } from "../../trial/outcome.ts";
import type { Output } from "../output.ts";
import { outcomeOfDeath, outcomeOfKill } from "../process/death.ts";
import type { Exit } from "../process/spawn.ts";
import { failed, interpretResult, interpretTest, invalid, type Result } from "../result.ts";
import { type Figures, findMetric, parseObject } from "./metric.ts";

/** What a program left behind when it ended by itself. */
export interface Ended {
  readonly exit: Extract<Exit, { kind: "exited" }>;
  readonly output: Output;
  readonly metric: string;
  /** The last value in its report file. */
  readonly lastReport: number | null;
  readonly memoryKills: number | null;
}

/** Shells pass on that their child was killed as 128 + the signal's number. */
const SHELL_SIGNALS: { readonly [code: number]: NodeJS.Signals } = { 134: "SIGABRT", 137: "SIGKILL", 139: "SIGSEGV" };

/** What a program's end means in a search. */
export function resultOfCommand(ended: Ended): Result {
  const failure = failureOf(ended);
  if (failure !== null) return failure;
  const { stdout } = ended.output;
  const printed = findMetric(stdout.plain(), ended.metric);
  if (printed === null && stdout.isLastLineCut) return invalid(TOO_LONG);
  const figures = printed ?? lastOf(ended.lastReport);
  if (figures === null) return invalid(missing(ended));
  if (Number.isFinite(figures.value)) return interpretResult({ loss: figures.value, metrics: figures.others });
  return invalid(`the command's ${ended.metric} is ${figures.value}; expected a finite number`);
}

/**
 * What a program's end means when it was asked for the test split: figures under `"test"` on its last line of JSON, so
 * that a program that knows no test is not taken at its word.
 */
export function resultOfTest(ended: Ended): Result {
  const failure = failureOf(ended);
  if (failure !== null) return failure;
  const test = lastNamed("test", ended.output);
  if (test !== undefined) return interpretTest({ metrics: test });
  if (ended.output.stdout.isLastLineCut) return invalid(TOO_LONG);
  return invalid('the command has no test: with PARZEN_PURPOSE=test, expected a last line {"test": {"accuracy": 0.9}}');
}

const TOO_LONG =
  "the command's last line is longer than 1 MB, too long to be read; expected its result on a shorter one";

function failureOf({ exit, output, memoryKills }: Ended): FailedOutcome | null {
  if (exit.code === 0) return null;
  const signal = exit.signal ?? SHELL_SIGNALS[exit.code ?? 0] ?? null;
  if (signal === "SIGKILL") return outcomeOfKill(memoryKills);
  if (signal !== null) return outcomeOfDeath({ exit: { ...exit, signal }, output, memoryKills, heapLimitMb: null });
  const last = output.lastErrorLine();
  return failed("error", `exited with code ${exit.code}${last === "" ? "" : `: ${last}`}`);
}

function lastOf(value: number | null): Figures | null {
  return value === null ? null : { value, others: {} };
}

/** What the last line that is a JSON object with this key has there, whatever it is. */
function lastNamed(key: string, { stdout }: Output): unknown {
  const lines = stdout.plain().split("\n").toReversed();
  return lines.map((line) => parseObject(line)?.[key]).find((found) => found !== undefined);
}

function missing({ metric, output }: Ended): string {
  const given = lastNamed(metric, output);
  if (given !== undefined) return `the command's ${metric} is ${show(given)}; expected a finite number`;
  return (
    `the command gave no ${show(metric)}; expected a last line such as ${JSON.stringify({ [metric]: 0.1 })} ` +
    `or ${metric}=0.1, or lines of that JSON in the file that PARZEN_REPORT_FILE names`
  );
}
