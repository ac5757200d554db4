import { ParzenError } from "../errors.ts";
import { checkDataset, type Dataset, type Task } from "./datasets/dataset.ts";
import { foldsForSearch, unsealedRows } from "./folds.ts";
import { DEFAULT_FRACTIONS, type SearchSplit, type SplitFractions, sealedTestSplit, splitForSearch } from "./splits.ts";

/** Where the data of a training comes from, and how it is split. */
export interface DataSource {
  readonly task: Task;
  data(): Dataset | Promise<Dataset>;
  readonly split?: SplitFractions;
  readonly folds?: number;
}

/** The data of one training, loaded once per process. */
export interface StudyData {
  /** One split, or one for each fold. */
  forSearch(studySeed: number): Promise<readonly SearchSplit<Dataset>[]>;
  /** All that the search may see, as one: what the selected params of a cross-validation are fitted on again. */
  forRefit(studySeed: number): Promise<Dataset>;
  /** For `test` alone. */
  sealed(studySeed: number): Promise<Dataset>;
}

export function studyData(source: DataSource): StudyData {
  let loading: Promise<Dataset> | null = null;
  const load = (): Promise<Dataset> => {
    loading ??= loadChecked(source).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  const { split: fractions = DEFAULT_FRACTIONS, folds } = source;
  return {
    async forSearch(seed) {
      const dataset = await load();
      return folds === undefined
        ? [splitForSearch(dataset, { seed, fractions })]
        : foldsForSearch(dataset, { seed, fractions, folds });
    },
    forRefit: async (seed) => unsealedRows(await load(), { seed, fractions }),
    sealed: async (seed) => sealedTestSplit(await load(), { seed, fractions }),
  };
}

async function loadChecked(source: DataSource): Promise<Dataset> {
  const dataset = await source.data();
  if (dataset.task !== source.task) {
    throw new ParzenError("DATA_INVALID", `data: expected a dataset for ${source.task}, received ${dataset.task}`);
  }
  checkDataset(dataset);
  return dataset;
}
