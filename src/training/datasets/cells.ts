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

const NO_CATEGORY =
  "Every cell needs a value: fill it in, or leave out its row. A feature may also name its categories, " +
  'with "" among them for such cells.';

function hintFor(cell: string, name: string | undefined): string {
  if (MISSING.test(cell)) return 'Every cell needs a value: fill it in, or leave out its row, or its column by "skip".';
  return `Of a feature, columns: { ${show(name)}: "one-hot" } takes texts as categories, and "skip" leaves it out.`;
}

/** The categories of one column, sorted; as numbers where all are. Those of a label are classes. */
export function categoriesOf(records: Records, column: number, what: "category" | "class"): readonly string[] {
  const cells = records.rows.map((record) => categoryIn(records, { record, column }, what));
  const distinct = [...new Set(cells)];
  const areNumbers = distinct.every((cell) => Number.isFinite(Number(cell)));
  if (!areNumbers) return distinct.sort();
  distinct.sort((a, b) => Number(a) - Number(b));
  const twice = distinct.findIndex((cell, place) => Number(cell) === Number(distinct[place + 1] ?? Number.NaN));
  if (twice < 0) return distinct;
  // Two exports of a table may write one class as 1 and as 1.0.
  const received = `${show(distinct[twice])} and ${show(distinct[twice + 1])}`;
  throw dataInvalid(
    records.file,
    `column "${records.names[column]}": expected each ${what} in one way, received ${received}`,
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
    const cell = record.cells[column] ?? "";
    const place = places.get(cell);
    if (place !== undefined) return place;
    const where = { record, column, ...(cell === "" ? { hint: NO_CATEGORY } : {}) };
    throw cellInvalid(records, where, `expected one of ${show(categories)}, received ${show(cell)}`);
  };
}

function categoryIn(records: Records, place: Place, what: string): string {
  const cell = place.record.cells[place.column] ?? "";
  if (cell !== "") return cell;
  throw cellInvalid(records, { ...place, hint: NO_CATEGORY }, `expected a ${what}, received ""`);
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
