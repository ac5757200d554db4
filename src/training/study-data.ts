import { ParzenError } from "../errors.ts";
import { checkDataset, type Dataset, type Task } from "./datasets/dataset.ts";
import { DEFAULT_FRACTIONS, type SearchSplit, type SplitFractions, sealedTestSplit, splitForSearch } from "./splits.ts";

/** Where the data of a training comes from, and how it is split. */
export interface DataSource {
  readonly task: Task;
  data(): Dataset | Promise<Dataset>;
  readonly split?: SplitFractions;
}

/** The data of one training, loaded once per process. */
export interface StudyData {
  forSearch(studySeed: number): Promise<SearchSplit<Dataset>>;
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
  const fractions = source.split ?? DEFAULT_FRACTIONS;
  return {
    forSearch: async (seed) => splitForSearch(await load(), { seed, fractions }),
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
