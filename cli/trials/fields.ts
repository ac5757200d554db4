import { didYouMean, ParzenError } from "../../src/errors.ts";
import type { CompiledSpace } from "../../src/space/compile.ts";
import { dimensionsNamed, placesOf } from "../../src/space/places.ts";
import type { ChoiceTemplate } from "../../src/space/template.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import type { StudyTrial } from "../../src/study/study-trial.ts";
import type { Json } from "../../src/trial/json.ts";
import { flatParams } from "../render/params.ts";
import { tookMs } from "../study/took.ts";

/** A value of a trial by the name of a column. */
export type Cell = Json;

/** One trial as a row: every column that it has, in the order in which tables show them. */
export type Fields = ReadonlyMap<string, Cell>;

export interface HasFields {
  readonly fields: Fields;
}

/** Columns that every table may have. Params and metrics come after them, as `params.lr` and `metrics.accuracy`. */
const OWN_FIELDS: readonly string[] = [
  "number",
  "state",
  "loss",
  "duration",
  "origin",
  "attempt",
  "host",
  "reason",
  "message",
  "step",
  "reported",
];

/** All values of a trial by column. `duration` is in milliseconds, `reported` the value that it reported last. */
export function fieldsOf(trial: StudyTrial<unknown>, space: CompiledSpace): Fields {
  const { number, state, origin, attempt } = trial;
  const fields = new Map<string, Cell>([
    ["number", number],
    ["state", state],
  ]);
  if (trial.state === "complete") fields.set("loss", trial.loss);
  const took = tookMs(trial);
  if (took !== null) fields.set("duration", took);
  fields.set("origin", origin).set("attempt", attempt);
  if ("host" in trial) fields.set("host", trial.host);
  if (trial.state === "failed") fields.set("reason", trial.reason).set("message", trial.message);
  if (trial.state === "pruned") fields.set("step", trial.step);
  const last = trial.reports.at(-1);
  if (last !== undefined) fields.set("reported", last.value);
  for (const [path, value] of flatParams(space, trial.params)) fields.set(`params.${path}`, value);
  if (trial.state !== "complete") return fields;
  for (const [name, value] of Object.entries(trial.metrics)) fields.set(`metrics.${name}`, value);
  for (const [name, value] of Object.entries(trial.attributes)) fields.set(`attributes.${name}`, value);
  return fields;
}

/** What the loss of a study is called, and which one is better. */
export type Goal = Pick<StudyRecord, "metric" | "direction">;

/** The columns that the trials of a study have, whichever of them are chosen. */
export interface Columns extends Goal {
  readonly known: ReadonlySet<string>;
  readonly space: CompiledSpace;
}

export function columnsOf(rows: readonly HasFields[], { metric, direction }: Goal, space: CompiledSpace): Columns {
  const shown = placesOf(space).filter(({ choice }) => choice === null || isShown(choice)); // though no trial has it yet
  const params = shown.map(({ path }) => `params.${path}`);
  const known = new Set([...OWN_FIELDS, ...rows.flatMap(({ fields }) => [...fields.keys()]), ...params]);
  return { known, space, metric, direction };
}

/** Whether the params say which option was chosen: by a tag, or by a literal that is the option itself. */
function isShown({ tag, options }: ChoiceTemplate): boolean {
  return tag !== null || options.some(({ kind }) => kind === "literal");
}

/**
 * The column that a user means: by its full name, or without `params.`, `metrics.` or `attributes.`, or a param by what is
 * clear of its paths. The name of the study's own metric means the loss.
 *
 * @throws OPTION_INVALID where no trial has such a column
 */
export function columnOf(typed: string, { known, metric, space }: Columns): string {
  if (typed === metric && !known.has(typed)) return "loss";
  for (const prefix of ["", "params.", "metrics.", "attributes."]) {
    if (known.has(prefix + typed)) return prefix + typed;
  }
  const meant = paramNamed(space, typed);
  if (meant !== null && known.has(`params.${meant}`)) return `params.${meant}`;
  const names = [...known, metric];
  const short = names.map((name) => name.replace(/^(params|metrics|attributes)\./, ""));
  throw new ParzenError("OPTION_INVALID", `there is no column "${typed}"${didYouMean(typed, [...short, ...names])}`, {
    hint: `Columns: ${[...known].join(", ")}`,
  });
}

/** The place of a param; null where the name is that of several, or of one of the branches that share a place. */
function paramNamed(space: CompiledSpace, name: string): string | null {
  const places = placesOf(space);
  const named = dimensionsNamed(space, name);
  const [place, ...others] = new Set(named.map((index) => places[index]?.path));
  const sharing = places.filter(({ path }) => path === place);
  return place !== undefined && others.length === 0 && sharing.length === named.length ? place : null;
}
