import { ParzenError, show } from "../../errors.ts";
import type { CsvRecord, Records } from "./records.ts";
import { dataInvalid } from "./source-file.ts";

/** JavaScript reads `0x10` as 16; in a table it is a name. */
const PREFIXED = /^[+-]?0[box]/i;

/**
 * The number in one cell.
 *
 * @throws ParzenError DATA_INVALID naming file, line and column, as all of this file
 */
export function numberIn(records: Records, record: CsvRecord, column: number): number {
  const cell = record.cells[column] ?? "";
  const value = cell === "" || PREFIXED.test(cell) ? Number.NaN : Number(cell);
  // What float32 cannot hold would become an infinity.
  if (Number.isFinite(Math.fround(value))) return value;
  const where = { record, column, hint: hintFor(cell, records.names[column]) };
  throw cellInvalid(records, where, `expected a number, received ${show(cell)}`);
}

/** What tables have where a value is missing. */
const MISSING = /^(nan|na|n\/a|null|none|-|\?)?$/i;

function hintFor(cell: string, name: string | undefined): string {
  if (MISSING.test(cell)) return 'Every cell needs a value: fill it in, or leave out its row, or its column by "skip".';
  return `Of a feature, columns: { ${show(name)}: "one-hot" } takes texts as categories, and "skip" leaves it out.`;
}

/** The categories of one column, sorted; as numbers where all are. */
export function categoriesOf(records: Records, column: number): readonly string[] {
  const distinct = [...new Set(records.rows.map((record) => categoryIn(records, record, column)))];
  const areNumbers = distinct.every((cell) => Number.isFinite(Number(cell)));
  if (!areNumbers) return distinct.sort();
  distinct.sort((a, b) => Number(a) - Number(b));
  const twice = distinct.findIndex((cell, place) => Number(cell) === Number(distinct[place + 1] ?? Number.NaN));
  if (twice < 0) return distinct;
  // Two exports of a table may write one class as 1 and as 1.0.
  const received = `${show(distinct[twice])} and ${show(distinct[twice + 1])}`;
  throw dataInvalid(
    records.file,
    `column "${records.names[column]}": expected each class in one way, received ${received}`,
  );
}

/**
 * Gives the place of a row's category among those that there may be in its column.
 *
 * @throws ParzenError DATA_INVALID where one of them is given twice
 */
export function codesOf(
  records: Records,
  column: number,
  categories: readonly string[],
): (record: CsvRecord) => number {
  const places = new Map(categories.map((name, place) => [name, place]));
  if (places.size < categories.length) {
    const expected = `column "${records.names[column]}": expected different categories`;
    throw dataInvalid(records.file, `${expected}, received ${show(categories)}`);
  }
  return (record) => {
    const cell = categoryIn(records, record, column);
    const place = places.get(cell);
    if (place !== undefined) return place;
    throw cellInvalid(records, { record, column }, `expected one of ${show(categories)}, received ${show(cell)}`);
  };
}

function categoryIn(records: Records, record: CsvRecord, column: number): string {
  const cell = record.cells[column] ?? "";
  if (cell === "") throw cellInvalid(records, { record, column }, 'expected a class, received ""');
  return cell;
}

interface Place {
  readonly record: CsvRecord;
  readonly column: number;
  /** What to do about it. */
  readonly hint?: string;
}

function cellInvalid({ file, names }: Records, { record, column, ...rest }: Place, message: string): Error {
  return new ParzenError("DATA_INVALID", `${file}:${record.line}: column "${names[column]}": ${message}`, rest);
}
