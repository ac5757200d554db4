import { didYouMean, show } from "../../errors.ts";
import { cachedByFile } from "./cache.ts";
import type { Dataset, Task } from "./dataset.ts";
import { type CsvOptions, dataInvalid, pathOf, type Records, readRecords } from "./records.ts";

/** A file of numbers. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly names: readonly string[];
  /** Row-major, shape [rows, columns]. */
  readonly values: Float32Array;
}

/** What a CSV file means as a dataset. */
export interface DatasetOptions extends CsvOptions {
  readonly task: Task;
  /** Name of the column to predict, or its place, from 0. The others are features. */
  readonly label: string | number;
}

/**
 * Reads a CSV file of numbers, gzipped or not; decoded once per process and shared.
 *
 * @throws ParzenError DATA_INVALID naming file, line and column
 */
export function readTable(file: string | URL, options: CsvOptions = {}): Table {
  const path = pathOf(file);
  return cachedByFile(path, ["table", options], () => {
    const records = readRecords(path, options);
    const all = [...records.names.keys()];
    return { rows: records.rows.length, columns: all.length, names: records.names, values: numbers(records, all) };
  });
}

/**
 * Reads features and labels of one CSV file, gzipped or not; decoded once per process and shared. A class label may be
 * any text; classes are sorted, as numbers where all are.
 *
 * @throws ParzenError DATA_INVALID naming file, line and column
 */
export function readDataset(file: string | URL, options: DatasetOptions): Dataset {
  const path = pathOf(file);
  return cachedByFile(path, ["dataset", options], () => {
    const records = readRecords(path, options);
    const label = columnOf(records, options.label);
    const features = [...records.names.keys()].filter((column) => column !== label);
    const samples = {
      rows: records.rows.length,
      columns: features.length,
      features: numbers(records, features),
      featureNames: features.map((column) => records.names[column] ?? ""),
    };
    return options.task === "classification"
      ? { task: "classification", ...samples, ...classesOf(records, label) }
      : {
          task: "regression",
          ...samples,
          labels: numbers(records, [label]),
          targetName: records.names[label] ?? "",
        };
  });
}

function columnOf({ file, names }: Records, label: string | number): number {
  const column = typeof label === "number" ? label : names.indexOf(label);
  if (names[column] !== undefined) return column;
  const hint = typeof label === "string" ? didYouMean(label, names) : "";
  throw dataInvalid(file, `expected a column ${show(label)} for the labels, found none among ${names.length}${hint}`);
}

function numbers({ file, names, rows }: Records, columns: readonly number[]): Float32Array {
  const values = new Float32Array(rows.length * columns.length);
  let at = 0;
  for (const { cells, line } of rows) {
    for (const column of columns) {
      const cell = cells[column] ?? "";
      const value = cell === "" ? Number.NaN : Number(cell);
      if (!Number.isFinite(value)) {
        throw dataInvalid(`${file}:${line}`, `column "${names[column]}": expected a number, received ${show(cell)}`);
      }
      values[at++] = value;
    }
  }
  return values;
}

function classesOf({ file, names, rows }: Records, column: number): { labels: Int32Array; classNames: string[] } {
  const cells = rows.map(({ cells, line }) => {
    const cell = cells[column] ?? "";
    if (cell === "") throw dataInvalid(`${file}:${line}`, `column "${names[column]}": expected a class, received ""`);
    return cell;
  });
  const distinct = [...new Set(cells)];
  const areNumbers = distinct.every((cell) => Number.isFinite(Number(cell)));
  const classNames = areNumbers ? distinct.sort((a, b) => Number(a) - Number(b)) : distinct.sort();
  const indices = new Map(classNames.map((name, index) => [name, index]));
  return { labels: Int32Array.from(cells, (cell) => indices.get(cell) ?? 0), classNames };
}
