import { isObject } from "../../src/space/object.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import type { SamplerChange } from "../../src/study/proposal/sampler-version.ts";
import type { StudyTrial } from "../../src/study/study-trial.ts";
import { messageLines } from "../../src/trial/failures.ts";
import type { JsonObject } from "../../src/trial/json.ts";
import { type Colors, err } from "../render/colors.ts";
import { duration, figure, remaining } from "../render/figure.ts";
import { failureLine, outputLines } from "../render/lines.ts";
import { tookMs } from "../study/took.ts";
import type { Returned } from "./returns.ts";
import type { Tally } from "./tally.ts";

/** Lines of a failed trial's output that are shown with it. */
const LOG_TAIL = 6;

/** Frames of a stack that are of Node.js. */
const FOREIGN_FRAME = /^\s+at .*node:/;

/** The line that is drawn again and again: `37/100 · best 0.0812 (#29) · 4 running · 2 failed · ETA 3m12s`. */
export function liveLine(tally: Tally, note: string | null, colors: Colors = err): string {
  const { finished, total, best, running, failed, pruned, isPaused, etaMs } = tally;
  const parts = [colors.bold(total === null ? String(finished) : `${finished}/${total}`)];
  if (best !== null) parts.push(`best ${colors.green(figure(best.loss))} ${colors.dim(`(#${best.number})`)}`);
  if (running > 0) parts.push(`${running} running`);
  if (pruned > 0) parts.push(`${pruned} pruned`);
  if (failed > 0) parts.push(colors.red(`${failed} failed`));
  if (note !== null) parts.push(colors.yellow(note));
  else if (isPaused) parts.push(colors.yellow("paused"));
  else if (etaMs !== null && etaMs > 0 && finished > 0) parts.push(colors.dim(`ETA ${remaining(etaMs)}`));
  return parts.join(colors.dim(" · "));
}

/** How far a study was when something happened. */
export type At = Pick<Tally, "finished" | "total">;

/** One line for a trial that ended: `13/100  #12 0.0812 in 1.2s, best so far`. */
export function trialLine(trial: StudyTrial<unknown>, isBest: boolean, at: At): string {
  return `${progress(at)}  #${trial.number} ${ending(trial, isBest)}`;
}

/** One line for a trial that went back to the queue: `13/100  #12 is queued again: lost with node-7`. */
export function returnedLine({ trial, because }: Returned, at: At): string {
  const why = because === null ? "" : `: ${because}`;
  const next = trial.state === "running" ? `, and runs on ${trial.holder.host} as attempt ${trial.attempt}` : "";
  return `${progress(at)}  #${trial.number} ${err.yellow(`is queued again${why}${next}`)}`;
}

/** Why a study goes on otherwise than it would have. */
export function samplerChangedLine({ before, now, from }: SamplerChange): string {
  const warning = err.yellow("warning:");
  return `${warning} ${before} proposed so far, and this parzen has ${now}: it proposes from trial ${from} on`;
}

/** What a training says in its attributes about its backend, where that is slow: wasm, which comes with it, was refused. */
export function slowBackendLine({ backend, refused }: JsonObject): string | null {
  if (backend !== "cpu" || !Array.isArray(refused)) return null;
  const wasm = refused.find((refusal) => isObject(refusal) && refusal["backend"] === "wasm");
  if (!isObject(wasm)) return null;
  const slow = `trials train on the cpu backend, 10 to 100 times slower than wasm, which was refused: ${wasm["reason"]}`;
  return `${err.yellow("warning:")} ${slow}\n\`parzen doctor\` tries each backend`;
}

/** Of a complete trial without a report, where a pruner waits for some. */
export function unreportedLine(number: number, { metric, settings }: StudyRecord): string {
  const report = JSON.stringify({ step: 1, [metric]: 0.1 });
  const what = `trial ${number} reported no ${JSON.stringify(metric)}, so the pruner ${settings.pruner.name} had nothing to judge`;
  const how = `A function reports by trial.report(step, value), a program by lines such as ${report} in the file`;
  return `${err.yellow("warning:")} ${what}\n${how} that PARZEN_REPORT_FILE names`;
}

function progress({ finished, total }: At): string {
  const digits = String(total ?? finished).length;
  return err.dim(total === null ? String(finished) : `${String(finished).padStart(digits)}/${total}`);
}

function ending(trial: StudyTrial<unknown>, isBest: boolean): string {
  switch (trial.state) {
    case "complete": {
      const loss = figure(trial.loss);
      return isBest ? `${err.green(loss)}${took(trial)}, best so far` : `${loss}${took(trial)}`;
    }
    case "pruned":
      return `pruned at step ${trial.step}${took(trial)}`;
    case "failed":
      return err.red(`failed${took(trial)}: ${failureLine(trial, err)}`);
    case "cancelled":
      return err.yellow("cancelled");
    default:
      return err.yellow(trial.state);
  }
}

function took(trial: StudyTrial<unknown>): string {
  const ms = tookMs(trial);
  return ms === null ? "" : ` in ${duration(ms)}`;
}

/** The last lines that a failed trial printed, marked with its number; without the very last where its message says that. */
export function logTail({ number, message, log }: Printed): string {
  const own = log
    .trimEnd()
    .split("\n")
    .filter((line) => !FOREIGN_FRAME.test(line));
  if (isSaid(own.at(-1) ?? "", message)) own.pop();
  return own.length === 0 ? "" : logLines(number, own.slice(-LOG_TAIL).join("\n"));
}

type Printed = Pick<Extract<StudyTrial<unknown>, { readonly state: "failed" }>, "number" | "message" | "log">;

/** Whether a line of output is what the first line of a message says, which may begin with how the trial ended. */
function isSaid(line: string, message: string): boolean {
  const [first = ""] = messageLines(message);
  const text = line.trim();
  return text === "" || text === first || text === `Error: ${first}` || first.endsWith(`: ${text}`);
}

/** Output marked line by line with the number of its trial: `#12 | epoch 3`. */
export function logLines(number: number, text: string): string {
  return outputLines(text, err)
    .map((line) => `${err.dim(`#${number} |`)} ${line}`)
    .join("\n");
}
