import { basename } from "node:path";
import { parse } from "csv-parse/sync";
import { ParzenError, thrownMessage } from "../../errors.ts";
import { invalid, isText } from "../../trial/option-check.ts";
import { dataInvalid, listed, readBytes } from "./source-file.ts";
import { textOf } from "./text.ts";

/** How a CSV file is laid out. */
export interface CsvOptions {
  /** Whether the first line holds the names of the columns. Default true. */
  readonly header?: boolean;
  /** Names of the columns where the file has none. Default "column 1", "column 2" ... */
  readonly names?: readonly string[];
  /** Default ",". */
  readonly separator?: string;
}

/** The names of `CsvOptions`. */
export const CSV_NAMES: readonly string[] = ["header", "names", "separator"];

/** A file's cells as text, all rows of one length. */
export interface Records {
  /** File name for messages. */
  readonly file: string;
  readonly names: readonly string[];
  readonly rows: readonly CsvRecord[];
}

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Line of the file where it ends, from 1. */
  readonly line: number;
}

/**
 * Reads a CSV file, gzipped or not.
 *
 * @throws ParzenError DATA_INVALID naming file, line and column; OPTION_INVALID for names beside a header, and for what
 * is no layout
 */
export function readRecords(path: string, options: CsvOptions = {}): Records {
  const file = basename(path);
  checkLayout(options);
  if (options.names !== undefined && options.header !== false) {
    throw new ParzenError(
      "OPTION_INVALID",
      `names: expected "header: false" beside them; else the first line of ${file} holds the names`,
    );
  }
  const lines = parseText(file, textOf(file, readBytes(path)), options.separator ?? ",");
  const header = options.header === false ? null : lines[0];
  const rows = header === null ? lines : lines.slice(1);
  const first = rows[0];
  if (first === undefined) throw dataInvalid(file, "expected at least one row of data, received none");
  const given = options.names === undefined ? undefined : listed("names", options.names);
  const names = header?.cells ?? given ?? first.cells.map((_, column) => `column ${column + 1}`);
  checkNames(header ? `${file}:${header.line}` : file, names);
  for (const { cells, line } of rows) {
    if (cells.length !== names.length) {
      throw dataInvalid(`${file}:${line}`, `expected ${names.length} columns, received ${cells.length}`);
    }
  }
  return { file, names, rows };
}

/** What is neither would count as a header, and the parser speaks of options that there are not. */
function checkLayout({ header = true, separator = "," }: CsvOptions): void {
  if (typeof header !== "boolean") throw invalid("header", "true or false", header);
  if (!isText(separator)) throw invalid("separator", 'a text, such as ";"', separator);
}

function checkNames(at: string, names: readonly string[]): void {
  const twice = names.find((name, column) => names.indexOf(name) < column);
  if (twice !== undefined) throw dataInvalid(at, `expected columns of different names, received two "${twice}"`);
}

function parseText(file: string, text: string, separator: string): readonly CsvRecord[] {
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      delimiter: separator,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
    // The parser's types do not follow its `info` option.
    const records = parsed as readonly { readonly record: string[]; readonly info: { readonly lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    throw dataInvalid(file, thrownMessage(error), error);
  }
}
