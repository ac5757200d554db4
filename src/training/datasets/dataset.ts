import { ParzenError, show } from "../../errors.ts";
import { isObject } from "../../space/object.ts";
import { checkPlaces } from "../argument-check.ts";

/** Whether a class or a number is predicted. */
export type Task = "classification" | "regression";

/** Rows, columns and colours of a picture; the channels of a pixel stand side by side in memory. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** Rows of numbers. What readers return is shared by all trials of a process: treat it as read-only. */
export interface Samples {
  readonly rows: number;
  readonly columns: number;
  /** Row-major, shape [rows, columns]. */
  readonly features: Float32Array;
  readonly featureNames: readonly string[];
  /** Shape of a row where it is an image; its product is `columns`. */
  readonly shape?: ImageShape;
}

/** Samples, each of one class. */
export interface ClassificationDataset extends Samples {
  readonly task: "classification";
  /** Shape [rows]; indices into `classNames`. */
  readonly labels: Int32Array;
  readonly classNames: readonly string[];
}

/** Samples, each with a number to predict. */
export interface RegressionDataset extends Samples {
  readonly task: "regression";
  /** Shape [rows], in the target's own unit. */
  readonly labels: Float32Array;
  readonly targetName: string;
}

/** Samples with what is to be predicted of them. */
export type Dataset = ClassificationDataset | RegressionDataset;

/**
 * Checks what no type can: that the arrays fit together, every number is finite and every label names a class; and what
 * JavaScript lets through, such as features in a plain array.
 *
 * @throws ParzenError DATA_INVALID
 */
export function checkDataset(dataset: Dataset): void {
  const { rows, columns, features } = dataset;
  if (rows < 1 || columns < 1) throw invalid(`expected at least one row and one feature, received ${rows}x${columns}`);
  checkForm(dataset);
  checkShape(dataset);
  const bad = features.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const name = dataset.featureNames?.[bad % columns] ?? String(bad % columns);
    throw invalid(
      `${rowText(Math.floor(bad / columns))}, feature "${name}": expected a number, received ${features[bad]}`,
    );
  }
  if (dataset.task === "classification") checkClasses(dataset.classNames);
  checkLabels(dataset);
}

/**
 * That its arrays have the sizes they should, at no cost.
 *
 * @throws ParzenError DATA_INVALID
 */
export function checkForm(dataset: Dataset): void {
  if (!isObject(dataset)) throw invalid(`expected a dataset, received ${show(dataset)}`);
  const { rows, columns, features, labels } = dataset;
  checkFeatureList(features);
  if (features?.length !== rows * columns) {
    throw invalid(`expected ${rows}x${columns} features, received ${features?.length ?? "no"} values`);
  }
  if (labels?.length !== rows)
    throw invalid(`expected ${rows} labels, one a row, received ${labels?.length ?? "none"}`);
}

/** Rows are taken from it as parts of its memory. */
function checkFeatureList(features: unknown): void {
  if (!Array.isArray(features)) return;
  throw invalid(`expected features as a Float32Array, received an array of ${features.length}`);
}

function checkShape({ shape, columns }: { readonly shape?: unknown; readonly columns: number }): void {
  if (shape === undefined) return;
  if (!Array.isArray(shape)) throw invalid(`expected a shape [height, width, channels], received ${show(shape)}`);
  if (shape.reduce((product, size) => product * size, 1) === columns) return;
  throw invalid(`expected a shape of ${columns} features, received ${shape.join("x")}`);
}

/** Of one class every model is sure; of two with one name, the rows of one would be taken for those of the other. */
function checkClasses(names: readonly string[]): void {
  if (!Array.isArray(names)) throw invalid(`expected classNames, one for each class, received ${show(names)}`);
  if (names.length < 2) throw invalid(`expected two classes or more, received ${show(names)}`);
  const twice = names.find((name, place) => names.indexOf(name) < place);
  if (twice !== undefined) throw invalid(`expected classes of different names, received two ${show(twice)}`);
}

function checkLabels(dataset: Dataset): void {
  const classes = dataset.task === "classification" ? dataset.classNames.length : null;
  for (const [row, label] of dataset.labels.entries()) {
    if (classes === null ? !Number.isFinite(label) : !(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw invalid(
        `${rowText(row)}: expected ${classes === null ? "a number" : `a class of 0..${classes - 1}`} as label, received ${label}`,
      );
    }
  }
}

/** The rows at `indices`, in that order, as a dataset of their own. @throws ParzenError OPTION_INVALID, DATA_INVALID */
export function takeRows<D extends Dataset>(dataset: D, indices: Int32Array): D {
  checkForm(dataset);
  const { rows, columns } = dataset;
  checkPlaces("takeRows: indices", indices, rows);
  const features = new Float32Array(indices.length * columns);
  for (const [at, index] of indices.entries()) {
    features.set(dataset.features.subarray(index * columns, (index + 1) * columns), at * columns);
  }
  const labels = new (dataset.task === "classification" ? Int32Array : Float32Array)(indices.length);
  for (const [at, index] of indices.entries()) labels[at] = dataset.labels[index] ?? 0;
  return { ...dataset, rows: indices.length, features, labels };
}

/** How a message names a row: samples have numbers from 0, as in `labels`, while lines of files are counted from 1. */
export function rowText(row: number): string {
  return `row ${row} (counted from 0)`;
}

function invalid(message: string): ParzenError {
  return new ParzenError("DATA_INVALID", `dataset: ${message}`);
}
