import type { StudyRecord } from "../../src/store/study-record.ts";
import type { StudyTrial } from "../../src/study/study-trial.ts";
import type { Outcome } from "../../src/trial/outcome.ts";
import { out } from "../render/colors.ts";
import { figure } from "../render/figure.ts";
import { outputLines, pairs } from "../render/lines.ts";
import { print } from "../render/print.ts";

/** Prints how a trial ended when it was run again, beside how it ended then. Losses are exact. */
export function printResult({ metric }: StudyRecord, trial: StudyTrial<unknown>, outcome: Outcome): void {
  const entries: [string, string][] = [
    [metric, ending(outcome)],
    ["recorded", recorded(trial)],
  ];
  if (outcome.kind === "complete" && trial.state === "complete") {
    const difference = outcome.losses[0] - trial.loss;
    entries.push(["difference", difference === 0 ? out.green("none") : out.yellow(String(difference))]);
  }
  const metrics = outcome.kind === "complete" ? Object.entries(outcome.metrics ?? {}) : [];
  for (const [name, value] of metrics) if (name !== metric) entries.push([name, figure(value)]);
  print(pairs(entries, ""));
}

function ending(outcome: Outcome): string {
  switch (outcome.kind) {
    case "complete":
      return String(outcome.losses[0]);
    case "failed":
      return shown(`failed (${outcome.reason}): ${outcome.message}`, out.red);
    case "lost":
      return shown(`lost${outcome.message === undefined ? "" : `: ${outcome.message}`}`, out.red);
    default:
      return outcome.kind;
  }
}

function recorded(trial: StudyTrial<unknown>): string {
  switch (trial.state) {
    case "complete":
      return String(trial.loss);
    case "failed":
      return shown(`failed (${trial.reason}): ${trial.message}`);
    default:
      return trial.state;
  }
}

/** A message, which may be what a program printed. */
function shown(message: string, paint: (line: string) => string = String): string {
  return outputLines(message, out).map(paint).join("\n");
}
