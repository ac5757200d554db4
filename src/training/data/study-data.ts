import { isParzenError, ParzenError, show, thrownMessage } from "../../errors.ts";
import { isObject } from "../../space/object.ts";
import { decodedFiles } from "../datasets/cache.ts";
import { checkDataset, type Dataset, type Task } from "../datasets/dataset.ts";
import { checkMetricsOf, type MetricName } from "../metrics/named.ts";
import { type ClassWeights, classWeightsFor } from "./class-weights.ts";
import { dataMark } from "./data-mark.ts";
import { foldsForSearch, unsealedRows } from "./folds.ts";
import { DEFAULT_FRACTIONS, type SearchSplit, type SplitFractions, sealedTestSplit, splitForSearch } from "./splits.ts";

/** Where the data of a training comes from, and how it is split. */
export interface DataSource {
  readonly task: Task;
  data(): Dataset | Promise<Dataset>;
  readonly split?: SplitFractions;
  readonly folds?: number;
  readonly metrics?: readonly MetricName[];
  /** A function of params is asked in each trial. */
  readonly classWeights?: ClassWeights | ((params: never) => ClassWeights);
}

/** The data of one training, loaded once per process. */
export interface StudyData {
  /** One split, or one for each fold. */
  forSearch(studySeed: number): Promise<readonly SearchSplit<Dataset>[]>;
  /** Its `dataMark`; made once: 600 MB take 0.6 s of processor time. */
  mark(): Promise<string>;
  /** All that the search may see, as one: what the selected params of a cross-validation are fitted on again. */
  forRefit(studySeed: number): Promise<Dataset>;
  /**
   * Loads and splits the data as trials will, and keeps nothing of it: trials may well run in other processes.
   *
   * @throws ParzenError DATA_INVALID, OPTION_INVALID
   */
  check(studySeed: number): Promise<void>;
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
  let mark: string | null = null;
  const splitsOf = (dataset: Dataset, seed: number): readonly SearchSplit<Dataset>[] =>
    folds === undefined
      ? [splitForSearch(dataset, { seed, fractions })]
      : foldsForSearch(dataset, { seed, fractions, folds });
  return {
    forSearch: async (seed) => splitsOf(await load(), seed),
    async mark() {
      const dataset = await load();
      mark ??= dataMark(dataset, { fractions, folds });
      return mark;
    },
    async check(seed) {
      try {
        splitsOf(await (loading ?? loadChecked(source)), seed);
      } finally {
        decodedFiles.forget();
      }
    },
    forRefit: async (seed) => unsealedRows(await load(), { seed, fractions }),
    sealed: async (seed) => sealedTestSplit(await load(), { seed, fractions }),
  };
}

async function loadChecked(source: DataSource): Promise<Dataset> {
  const dataset = await dataOf(source);
  if (!isObject(dataset) || dataset.task !== source.task) {
    const received = isObject(dataset) ? dataset["task"] : show(dataset);
    throw new ParzenError("DATA_INVALID", `data: expected a dataset for ${source.task}, received ${received}`);
  }
  checkDataset(dataset);
  checkMetricsOf(source.metrics ?? [], dataset);
  const { classWeights } = source;
  if (classWeights !== undefined && typeof classWeights !== "function") classWeightsFor(dataset, classWeights);
  return dataset;
}

/** What a reader of one's own throws is a fault of the data as well. */
async function dataOf(source: DataSource): Promise<Dataset | undefined> {
  try {
    return await source.data();
  } catch (error) {
    if (isParzenError(error)) throw error;
    throw new ParzenError("DATA_INVALID", `data: ${thrownMessage(error)}`, { cause: error });
  }
}
