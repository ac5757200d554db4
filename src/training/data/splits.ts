import { ParzenError } from "../../errors.ts";
import { shuffled } from "../../random/shuffled.ts";
import { type Rng, stream } from "../../random/stream.ts";
import { isObject } from "../../space/object.ts";
import { checkNames, invalid, isCount } from "../../trial/option-check.ts";
import { checkForm, type Dataset, takeRows } from "../datasets/dataset.ts";
import { checkClassShares } from "./class-shares.ts";

/** Parts of the rows, each in (0, 1), together 1. */
export interface SplitFractions {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** How a dataset is split. */
export interface SplitOptions {
  /** The study's, so that all its trials share one split: `trial.studySeed`. */
  readonly seed: number;
  readonly fractions?: SplitFractions;
}

/** Shares of the rows where nothing else is said. */
export const DEFAULT_FRACTIONS: SplitFractions = { train: 0.6, validation: 0.2, test: 0.2 };

/** What the search may see. The test split is not in it. */
export interface SearchSplit<D extends Dataset> {
  readonly train: D;
  readonly validation: D;
}

/**
 * The train and validation rows of a study. Classes keep their shares in every split, and so do tenths of the rows by
 * their labels where these are numbers; the rows are those that the seed gives, in shuffled order.
 *
 * @throws ParzenError OPTION_INVALID for fractions that are none, DATA_INVALID where a split would be empty, or
 * lack a class
 */
export function splitForSearch<D extends Dataset>(dataset: D, options: SplitOptions): SearchSplit<D> {
  const { train, validation } = partition(dataset, options);
  return { train: takeRows(dataset, train), validation: takeRows(dataset, validation) };
}

/** The sealed rows of the same split. For the test of the selected trial, and nowhere else. */
export function sealedTestSplit<D extends Dataset>(dataset: D, options: SplitOptions): D {
  return takeRows(dataset, partition(dataset, options).test);
}

interface Partition {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

function partition(dataset: Dataset, options: SplitOptions): Partition {
  const { test, rest, rng, fractions } = sealTest(dataset, options);
  const [validation, train] = spread(rest, fractions.validation / (1 - fractions.test));
  if (Math.min(train.length, validation.length, test.length) === 0) {
    throw new ParzenError(
      "DATA_INVALID",
      `dataset: expected rows for train, validation and test, received ${dataset.rows} in all`,
    );
  }
  checkClassShares(dataset, { train, validation, test });
  return { train: shuffled(train, rng), validation: shuffled(validation, rng), test: shuffled(test, rng) };
}

/** The rows that a study may learn from, stratum after stratum, and those that it may not. */
export function sealTest(dataset: Dataset, options: SplitOptions): SealedRows {
  checkSplit(dataset, options);
  const { seed, fractions = DEFAULT_FRACTIONS } = options;
  checkFractions(fractions);
  const rng = stream(seed, "split");
  const [test, rest] = spread(strata(dataset, rng), fractions.test);
  return { test, rest, rng, fractions };
}

interface SealedRows {
  readonly test: Int32Array;
  readonly rest: Int32Array;
  /** The stream that goes on from here. */
  readonly rng: Rng;
  readonly fractions: SplitFractions;
}

/** All rows, shuffled within each stratum: class after class, or tenth after tenth where labels are numbers. */
function strata(dataset: Dataset, rng: Rng): Int32Array {
  const rows = shuffled(
    Int32Array.from({ length: dataset.rows }, (_, row) => row),
    rng,
  );
  // The sort is stable, so the order within a class, or of equal numbers, stays shuffled.
  rows.sort((a, b) => (dataset.labels[a] ?? 0) - (dataset.labels[b] ?? 0));
  return dataset.task === "regression" ? tenths(rows, rng) : rows;
}

/** Sorted rows, shuffled within each tenth. Any tenth may come first, so that any row can get into a split of few rows. */
function tenths(sorted: Int32Array, rng: Rng): Int32Array {
  const first = Math.floor(10 * rng.next());
  const start = (tenth: number) => Math.floor((tenth * sorted.length) / 10);
  const parts = Array.from({ length: 10 }, (_, at) => {
    const tenth = (first + at) % 10;
    return shuffled(sorted.subarray(start(tenth), start(tenth + 1)), rng);
  });
  return Int32Array.from(parts.flatMap((rows) => [...rows]));
}

/**
 * Takes a fraction of the rows at even distances. Over any run of rows the share is right to within one row, so it is
 * for each stratum, and roundings do not add up over the strata.
 */
function spread(rows: Int32Array, fraction: number): readonly [taken: Int32Array, rest: Int32Array] {
  const isTaken = (at: number) => Math.floor((at + 1) * fraction + 0.5) > Math.floor(at * fraction + 0.5);
  return [rows.filter((_, at) => isTaken(at)), rows.filter((_, at) => !isTaken(at))];
}

/** @throws ParzenError OPTION_INVALID, DATA_INVALID; fractions and folds have checks of their own */
export function checkSplit(dataset: Dataset, options: unknown): void {
  checkForm(dataset);
  const { seed } = checkNames(options, ["seed", "fractions", "folds"]);
  if (!isCount(0)(seed)) throw invalid("seed", "an integer from 0", seed);
}

function checkFractions(fractions: SplitFractions): void {
  const parts = isObject(fractions) ? [fractions.train, fractions.validation, fractions.test] : [];
  const sum = parts.reduce((total, part) => total + part, 0);
  if (parts.every((part) => part > 0 && part < 1) && Math.abs(sum - 1) < 1e-9) return;
  throw invalid("split", "three fractions whose sum is 1", fractions);
}
