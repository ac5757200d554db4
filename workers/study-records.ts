import type { TrialJob } from "../src/executor/bullmq/trial-job.ts";
import type { Store } from "../src/store/store.ts";
import type { StudyRecord } from "../src/store/study-record.ts";

/** How many studies are remembered. */
const MAX_KNOWN = 1000;

/** The records of studies whose trials come by. What a worker needs of one never changes, so each is read once. */
export class StudyRecords {
  readonly #store: Store;
  readonly #known = new Map<string, StudyRecord>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Null where the store has none of that name, or another one. */
  async find({ study, id }: TrialJob): Promise<StudyRecord | null> {
    const known = this.#known.get(id);
    if (known !== undefined && known.name === study) return known;
    const found = await this.#store.findStudy(study);
    if (found === null || found.id !== id) return null;
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(id, found);
    return found;
  }
}
