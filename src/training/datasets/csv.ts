import { ParzenError, show } from "../../errors.ts";
import { isObject } from "../../space/object.ts";
import { checkNames, invalid } from "../../trial/option-check.ts";
import { decodedFiles } from "./cache.ts";
import { categoriesOf, codesOf, numberIn } from "./cells.ts";
import { type ColumnKind, columnNamed, readFeatures } from "./columns.ts";
import type { Dataset, ImageShape, Task } from "./dataset.ts";
import { CSV_NAMES, type CsvOptions, type Records, readRecords } from "./records.ts";
import { listed, pathOf } from "./source-file.ts";

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
  /** The classes that there may be, in the order of their indices. Default: those of the file, sorted. */
  readonly classes?: readonly string[];
  /** How columns become features, by name. Default: all are numeric. */
  readonly columns?: { readonly [name: string]: ColumnKind };
  /** Shape of a row whose features are pixels. */
  readonly shape?: ImageShape;
}

const DATASET_NAMES = [...CSV_NAMES, "task", "label", "classes", "columns", "shape"];

/**
 * Reads a CSV file of numbers, gzipped or not; decoded once per process and shared.
 *
 * @throws ParzenError DATA_INVALID naming file, line and column
 */
export function readTable(file: string | URL, options: CsvOptions = {}): Table {
  checkNames(options, CSV_NAMES);
  const path = pathOf(file);
  return decodedFiles.read([path], ["table", options], () => {
    const records = readRecords(path, options);
    const { columns, features } = readFeatures(records, [...records.names.keys()]);
    return { rows: records.rows.length, columns, names: records.names, values: features };
  });
}

/**
 * Reads features and labels of one CSV file, gzipped or not; decoded once per process and shared. A class label may be
 * any text; classes are sorted, as numbers where all are.
 *
 * @throws ParzenError DATA_INVALID naming file, line and column; OPTION_INVALID for a task that there is not
 */
export function readDataset(file: string | URL, options: DatasetOptions): Dataset {
  checkNames(options, DATASET_NAMES);
  const { task } = options;
  if (task !== "classification" && task !== "regression") {
    throw invalid("task", '"classification" or "regression"', task);
  }
  const path = pathOf(file);
  return decodedFiles.read([path], ["dataset", options], () => datasetOf(readRecords(path, options), options));
}

/** One for the label would be ignored without a word. @throws ParzenError OPTION_INVALID */
function checkKinds(label: string, columns: DatasetOptions["columns"]): void {
  if (!isObject(columns) || !Object.hasOwn(columns, label)) return;
  throw new ParzenError("OPTION_INVALID", `columns: expected kinds of features, received ${show(label)}, the label`, {
    hint: "Leave it out; `classes` gives the order of classes.",
  });
}

function datasetOf(records: Records, { task, label, classes, columns, shape }: DatasetOptions): Dataset {
  const target = columnNamed(records, label);
  checkKinds(records.names[target] ?? "", columns);
  const places = [...records.names.keys()].filter((column) => column !== target);
  const samples = {
    rows: records.rows.length,
    ...readFeatures(records, places, columns),
    ...(shape === undefined ? {} : { shape }),
  };
  if (task === "regression") {
    const labels = Float32Array.from(records.rows, (record) => numberIn(records, record, target));
    return { task, ...samples, labels, targetName: records.names[target] ?? "" };
  }
  const classNames = classes === undefined ? categoriesOf(records, target, "class") : listed("classes", classes);
  return { task, ...samples, labels: Int32Array.from(records.rows, codesOf(records, target, classNames)), classNames };
}
