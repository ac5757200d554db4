import { encode } from "../src/space/encode.ts";
import { flatten } from "../src/space/flatten.ts";
import type { StudyTrial } from "../src/study/study-trial.ts";
import { messageLines, reasonPrefix } from "../src/trial/failures.ts";
import { type DrawnStudy, figureOf } from "./drawn-study.ts";
import { beginning, rounded, shortened } from "./text.ts";

/** A figure of more marks leaves their params out, which would be most of the file. */
const MOST_MARKS = 3000;
/** As many params are shown, and letters of each and of a message. */
const SHOWN = 12;
const LETTERS = { path: 40, value: 40, message: 120 } as const;

/**
 * What is shown of a trial where the pointer is at its mark: its number, its state, what it came to, and its params.
 *
 * @param marks how many the figure has
 */
export function pointedTexts({ space }: DrawnStudy, marks: number): (trial: StudyTrial<unknown>) => string {
  const texts = new Map<number, string>(); // a trial may have many marks
  return (trial) => {
    const known = texts.get(trial.number);
    if (known !== undefined) return known;
    const params = marks > MOST_MARKS ? [] : paramLines(space, trial);
    const text = [`trial ${trial.number}, ${trial.state}${endText(trial)}`, ...params].join("\n");
    texts.set(trial.number, text);
    return text;
  };
}

function endText(trial: StudyTrial<unknown>): string {
  if (trial.state === "failed") {
    const [message = ""] = messageLines(trial.message);
    return `: ${reasonPrefix(trial.reason)}${beginning(message, LETTERS.message)}`;
  }
  const figure = figureOf(trial);
  return figure === null ? "" : `: ${rounded(figure)}`;
}

function paramLines(space: DrawnStudy["space"], trial: StudyTrial<unknown>): readonly string[] {
  const params = paramsOf(space, trial);
  const lines = params
    .slice(0, SHOWN)
    .map(([path, value]) => `${shortened(path, LETTERS.path)} ${shortened(value, LETTERS.value)}`);
  return params.length > SHOWN ? [...lines, `and ${params.length - SHOWN} more`] : lines;
}

/** The params of a trial by their paths, as people read them. */
export function paramsOf(
  space: DrawnStudy["space"],
  { params }: StudyTrial<unknown>,
): readonly (readonly [path: string, value: string])[] {
  return flatten(space, encode(space, params)).map(([path, value]) => [
    path,
    typeof value === "number" ? rounded(value) : String(value),
  ]);
}
