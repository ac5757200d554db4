import { ParzenError } from "../../errors.ts";
import { shuffled } from "../../random/shuffled.ts";
import { invalid } from "../../trial/option-check.ts";
import { type Dataset, takeRows } from "../datasets/dataset.ts";
import { checkClassShares } from "./class-shares.ts";
import { checkSplit, type SearchSplit, type SplitOptions, sealTest } from "./splits.ts";

/** How a dataset is cross-validated. */
export interface FoldOptions extends SplitOptions {
  /** How many parts: 2, 3 ... */
  readonly folds: number;
}

/**
 * The rows outside the sealed test split, cut into parts of equal size, to within one row. Each is the validation split
 * once while the others train. Classes keep their shares in every part, and so do tenths of the rows by their labels where
 * these are numbers.
 *
 * @throws ParzenError OPTION_INVALID for folds or fractions that are none, DATA_INVALID where a part would be empty, or
 * lack a class
 */
export function foldsForSearch<D extends Dataset>(dataset: D, options: FoldOptions): readonly SearchSplit<D>[] {
  checkSplit(dataset, options);
  const { folds } = options;
  if (!Number.isInteger(folds) || folds < 2) {
    throw invalid("folds", "2, 3 ...", folds);
  }
  const { test, rest, rng } = sealTest(dataset, options);
  if (rest.length < folds || test.length === 0) {
    const expected = `rows for ${folds} folds and a test split`;
    throw new ParzenError("DATA_INVALID", `dataset: expected ${expected}, received ${dataset.rows} in all`);
  }
  const parts = Array.from({ length: folds }, (_, fold) => rest.filter((_, at) => at % folds === fold));
  const named = parts.map((rows, fold) => [`fold ${fold + 1}`, rows] as const);
  checkClassShares(dataset, Object.fromEntries([...named, ["test", test]]));
  return parts.map((validation, fold) => {
    const others = rest.filter((_, at) => at % folds !== fold);
    return { train: takeRows(dataset, shuffled(others, rng)), validation: takeRows(dataset, validation) };
  });
}

/** All rows outside the sealed test split, in shuffled order: what is left to learn from once the search is over. */
export function unsealedRows<D extends Dataset>(dataset: D, options: SplitOptions): D {
  const { rest, rng } = sealTest(dataset, options);
  return takeRows(dataset, shuffled(rest, rng));
}
