import { didYouMean, ParzenError, show } from "../../errors.ts";
import { isObject } from "../../space/object.ts";
import { invalid } from "../../trial/option-check.ts";
import { categoriesOf, codesOf, numberIn } from "./cells.ts";
import type { CsvRecord, Records } from "./records.ts";
import { dataInvalid, listed } from "./source-file.ts";

/**
 * How a column becomes features: as its number; as one feature a category, 1 where it holds and else 0; as the place of
 * its category, from 0; or not at all. The categories are those of the file, sorted, or the given ones in their order.
 */
export type ColumnKind =
  | "numeric"
  | "one-hot"
  | "codes"
  | "skip"
  | { readonly "one-hot": readonly string[] }
  | { readonly codes: readonly string[] };

const KINDS = ["numeric", "one-hot", "codes", "skip"] as const satisfies readonly ColumnKind[];

/** Features of every row. */
export interface Features {
  readonly columns: number;
  /** Row-major, shape [rows, columns]. */
  readonly features: Float32Array;
  readonly featureNames: readonly string[];
}

/** What one column of the file gives. */
interface Encoding {
  /** One a feature. */
  readonly names: readonly string[];
  /** Writes the features of one row over zeros. */
  write(record: CsvRecord, values: Float32Array, at: number): void;
}

/**
 * @param columns places of the columns to take
 * @throws ParzenError DATA_INVALID naming file, line and column; OPTION_INVALID for a kind that there is not
 */
export function readFeatures(
  records: Records,
  columns: readonly number[],
  kinds: { readonly [name: string]: ColumnKind } = {},
): Features {
  if (!isObject(kinds)) throw invalid("columns", "an object with a kind for each name", kinds);
  const kindOf = new Map(Object.entries(kinds)); // an object would also answer for what it inherits
  for (const name of kindOf.keys()) columnNamed(records, name);
  const encodings = columns.map((column) => encodingOf(records, column, kindOf.get(records.names[column] ?? "")));
  const featureNames = encodings.flatMap(({ names }) => names);
  const features = new Float32Array(records.rows.length * featureNames.length);
  let at = 0;
  for (const record of records.rows) {
    for (const { names, write } of encodings) {
      write(record, features, at);
      at += names.length;
    }
  }
  return { columns: featureNames.length, features, featureNames };
}

/** Columns that a message names. */
const MOST_NAMES = 12;

/** The place of a column. @throws ParzenError DATA_INVALID with a suggestion */
export function columnNamed({ file, names }: Records, wanted: string | number): number {
  const column = typeof wanted === "number" ? wanted : names.indexOf(wanted);
  if (names[column] !== undefined) return column;
  const meant = typeof wanted === "string" ? didYouMean(wanted, names) : "";
  const there = names.length > MOST_NAMES ? `${names.length} others` : names.map((name) => show(name)).join(", ");
  throw dataInvalid(file, `expected a column ${show(wanted)}, found ${there}${meant}`);
}

function encodingOf(records: Records, column: number, kind: ColumnKind = "numeric"): Encoding {
  if (kind === "skip") return { names: [], write: () => undefined };
  if (kind === "numeric") return numeric(records, column);
  if (kind === "codes") return codes(records, column, categoriesOf(records, column, "category"));
  if (kind === "one-hot") return oneHot(records, column, categoriesOf(records, column, "category"));
  const option = `columns: ${records.names[column]}`;
  if (isObject(kind) && "codes" in kind) return codes(records, column, listed(option, kind.codes));
  if (isObject(kind) && "one-hot" in kind) return oneHot(records, column, listed(option, kind["one-hot"]));
  throw unknownKind(option, kind);
}

function unknownKind(option: string, kind: unknown): ParzenError {
  const meant = typeof kind === "string" ? didYouMean(kind, KINDS) : "";
  const expected = `${KINDS.join(", ")}, or codes or one-hot with a list of categories`;
  return new ParzenError("OPTION_INVALID", `${option}: expected ${expected}, received ${show(kind)}${meant}`);
}

function numeric(records: Records, column: number): Encoding {
  return {
    names: [records.names[column] ?? ""],
    write(record, values, at) {
      values[at] = numberIn(records, record, column);
    },
  };
}

function codes(records: Records, column: number, categories: readonly string[]): Encoding {
  const code = codesOf(records, column, categories);
  return {
    names: [records.names[column] ?? ""],
    write(record, values, at) {
      values[at] = code(record);
    },
  };
}

function oneHot(records: Records, column: number, categories: readonly string[]): Encoding {
  const code = codesOf(records, column, categories);
  return {
    names: categories.map((category) => `${records.names[column]}=${category}`),
    write(record, values, at) {
      values[at + code(record)] = 1;
    },
  };
}
