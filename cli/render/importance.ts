import type { Importance } from "../../src/importance/importance.ts";
import { out } from "./colors.ts";
import { count } from "./figure.ts";
import { table } from "./table.ts";

/** Below, most of what is said of params may be chance. */
const TELLING = 0.5;
const BAR_WIDTH = 20;

/** For people: a line for each param, the most important first. */
export function importanceText(study: string, { params, trials, explained }: Importance): string {
  const rows = params.map(({ path, importance, alone }) => [
    path,
    percent(importance),
    percent(alone),
    bar(importance),
  ]);
  const columns = [
    { title: "param" },
    { title: "importance", align: "right" },
    { title: "alone", align: "right" },
    { title: "" },
  ] as const;
  const drawn = table(columns, rows, (text, _, column) => (column === 3 ? out.green(text) : text));
  const part = percent(Math.max(0, explained));
  const known = `A model of the ${count(trials, "trial")} foretells ${part} of how their losses differ.`;
  const doubt = explained < TELLING ? "\nSo this may be chance; more trials tell more." : "";
  return `${out.bold(study)}: what the loss depends on\n\n${drawn}\n\n${known}${doubt}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function bar(share: number): string {
  return "█".repeat(Math.round(BAR_WIDTH * Math.min(1, share)));
}
