import { didYouMean, ParzenError } from "../../src/errors.ts";
import type { CompiledSpace } from "../../src/space/compile.ts";
import type { StudyTrial } from "../../src/study/study-trial.ts";
import type { TrialState } from "../../src/trial/trial.ts";
import { readNames } from "../options/option-value.ts";
import type { StoreOption } from "../options/store-option.ts";
import { out } from "../render/colors.ts";
import { count, duration, figure } from "../render/figure.ts";
import { rounded } from "../render/params.ts";
import { print, printJson, say } from "../render/print.ts";
import { type Column, fittingColumns, table } from "../render/table.ts";
import { withStored } from "../study/study-argument.ts";
import { type Cell, type Columns, columnOf, columnsOf, type Fields, fieldsOf, type HasFields } from "./fields.ts";
import { filterRows, sortRows } from "./filter.ts";
import { trialJson } from "./json.ts";

export interface ListOptions extends StoreOption {
  readonly state?: string;
  readonly filter?: readonly string[];
  readonly sort?: string;
  readonly columns?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

interface Row extends HasFields {
  readonly trial: StudyTrial<unknown>;
}

const STATES: readonly TrialState[] = ["queued", "running", "complete", "pruned", "failed", "cancelled"];

/** `parzen trials list` */
export async function listTrials(name: string | undefined, options: ListOptions): Promise<void> {
  await withStored(options, name, async (study, goal) => {
    const rows = rowsOf(await study.trials(), study.space);
    const columns = columnsOf(rows, goal, study.space);
    const chosen = chooseRows(rows, options, columns);
    if (options.json) return printJson(chosen.map((row) => rowJson(row, options, columns)));
    if (chosen.length === 0) return say(rows.length === 0 ? "the study has no trial yet" : "no trial is like that");
    print(tableOf(chosen, options, columns));
  });
}

function rowsOf(trials: readonly StudyTrial<unknown>[], space: CompiledSpace): readonly Row[] {
  return trials.map((trial) => ({ trial, fields: fieldsOf(trial, space) }));
}

function chooseRows(rows: readonly Row[], options: ListOptions, columns: Columns): readonly Row[] {
  const { state, filter = [], sort, limit } = options;
  const states = state === undefined ? null : readStates(state);
  let chosen = states === null ? rows : rows.filter(({ trial }) => states.includes(trial.state));
  if (rows.length === 0) return rows; // of no trial, nobody knows the columns
  for (const text of filter) chosen = filterRows(chosen, text, columns);
  if (sort !== undefined) chosen = sortRows(chosen, sort, columns);
  return limit === undefined ? chosen : chosen.slice(0, limit);
}

function readStates(text: string): readonly string[] {
  const states = readNames(text);
  const unknown = states.find((state) => !STATES.some((known) => known === state));
  if (unknown === undefined) return states;
  throw new ParzenError("OPTION_INVALID", `--state: there is no state "${unknown}"${didYouMean(unknown, STATES)}`, {
    hint: `States: ${STATES.join(", ")}`,
  });
}

/** The whole trial, or the columns of one's choice by their full names, null for what it has not. */
function rowJson({ trial, fields }: Row, { columns: named }: ListOptions, columns: Columns): object {
  if (named === undefined) return trialJson(trial);
  return Object.fromEntries(namedColumns(named, columns).map((column) => [column, fields.get(column) ?? null]));
}

function tableOf(rows: readonly Row[], options: ListOptions, columns: Columns): string {
  const fields = rows.map((row) => row.fields);
  const named = options.columns;
  const all = named === undefined ? defaultColumns(fields) : namedColumns(named, columns);
  const cells = fields.map((row) => all.map((column) => cellText(column, row.get(column))));
  const names = titlesOf(all, columns);
  const titles = all.map(
    (column, index): Column => ({ title: names[index] ?? column, align: alignOf(column, fields) }),
  );
  const shown = named === undefined ? Math.max(ALWAYS.length, fittingColumns(titles, cells)) : all.length;
  const left = names.slice(shown);
  const drawn = table(
    titles.slice(0, shown),
    cells.map((row) => row.slice(0, shown)),
    (text, row, column) => paint(text, fields[row]?.get("state"), all[column] ?? ""),
  );
  return left.length === 0 ? drawn : `${drawn}\n${out.dim(leftOut(left))}`;
}

/** How many columns that were left out are named: more would push the table off the screen. */
const NAMED = 20;

function leftOut(names: readonly string[]): string {
  const others = names.length - NAMED;
  const named = names.slice(0, NAMED).join(", ") + (others > 0 ? ` and ${count(others, "other")}` : "");
  return `${count(names.length, "more column")}: ${named} (see --columns, --json)`;
}

/** Columns that are shown however narrow a line is. */
const ALWAYS = ["number", "state", "loss", "duration"] as const;

/** Without columns of one's choice: what every trial has, what stands for the loss of pruned ones, and every param. */
function defaultColumns(rows: readonly Fields[]): readonly string[] {
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const params = names.filter((name) => name.startsWith("params."));
  const metrics = names.filter((name) => name.startsWith("metrics."));
  const reported = rows.some((row) => row.get("state") === "pruned") ? ["reported"] : [];
  return [...ALWAYS, ...reported, ...params, ...metrics];
}

function namedColumns(text: string, columns: Columns): readonly string[] {
  return readNames(text).map((typed) => columnOf(typed, columns));
}

/** `params.lr` is `lr`, a short title, unless another column has that one. */
function titlesOf(shown: readonly string[], columns: Columns): readonly string[] {
  const short = shown.map((column) => shortTitle(column, columns));
  return short.map((title, index) => (short.indexOf(title) < index ? (shown[index] ?? title) : title));
}

/** The loss goes by the name of the metric, where that means it as a column, too. */
function shortTitle(column: string, columns: Columns): string {
  const { metric } = columns;
  if (column === "number") return "#";
  if (column === "loss") return columnOf(metric, columns) === "loss" ? metric : "loss";
  return column.replace(/^(params|metrics|attributes)\./, "");
}

function alignOf(column: string, rows: readonly Fields[]): "left" | "right" {
  const values = rows.map((row) => row.get(column)).filter((value) => value !== undefined);
  return values.length > 0 && values.every((value) => typeof value === "number") ? "right" : "left";
}

function cellText(column: string, value: Cell | undefined): string {
  if (value === undefined || value === null) return "-";
  if (typeof value === "number") return column === "duration" ? duration(value) : figure(value);
  if (typeof value === "object") return JSON.stringify(value);
  return column.startsWith("params.") ? rounded(value) : String(value);
}

function paint(text: string, state: Cell | undefined, column: string): string {
  if (column !== "state") return text;
  switch (state) {
    case "failed":
      return out.red(text);
    case "complete":
      return text;
    default:
      return out.yellow(text);
  }
}
