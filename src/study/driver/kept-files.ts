import type { TrialFiles } from "../../artifacts/artifacts.ts";
import type { Store } from "../../store/store.ts";
import { isPending, type Trial } from "../../trial/trial.ts";
import { clearCheckpoints } from "../attempt/trial-files.ts";
import type { DriverListener } from "../dispatch/driver-listener.ts";
import type { StudyView } from "../view/view.ts";
import { BestModels } from "./best-models.ts";

/** How long trials whose files may go are gathered: most have none, which one look tells of all. */
const GATHER_MS = 100;

/** How many models a store keeps that has no directory for them, where nothing else was said. */
const IN_NO_DIRECTORY = 3;

export interface KeptFilesOptions {
  readonly store: Store;
  readonly view: StudyView;
  /** Of how many of the best trials files are kept; null is of all. Default: all in a directory, else 3. */
  readonly keepModels?: number | null | undefined;
}

/**
 * Which files of a study's trials are kept while it is driven. What a driver of another machine removed is gone already,
 * so any number of drivers may do this. A file that cannot be removed now is met again by the next run.
 */
export class KeptFiles {
  readonly #options: KeptFilesOptions;
  readonly #best: BestModels | null;
  #removing: Promise<unknown> = Promise.resolve();
  readonly #expendable = new Map<number, Trial>();
  #gathering: NodeJS.Timeout | undefined;

  constructor(options: KeptFilesOptions) {
    this.#options = options;
    const { keepModels = defaultOf(options) } = options;
    this.#best = keepModels === null ? null : new BestModels(keepModels);
  }

  /** Removes what earlier runs left of trials that had ended before this one. */
  async makeRoom(): Promise<void> {
    const { store, view } = this.#options;
    const best = this.#best;
    if (best === null) return;
    await view.refresh(store);
    const expendable = new Map<number, Trial>();
    for (const trial of view.trials) {
      const mayGo = isPending(trial) ? null : best.add(trial);
      if (mayGo !== null) expendable.set(mayGo.number, mayGo);
    }
    await this.#remove(expendable);
  }

  /** Makes room while a driver drives; when it has ended, all that may go has gone. */
  async during<T>(drive: () => Promise<T>): Promise<T> {
    try {
      return await drive();
    } finally {
      this.#removeGathered();
      await this.#removing;
    }
  }

  /** The same listener, which makes room as trials end. */
  hearing(listener: DriverListener): DriverListener {
    return {
      ...listener,
      settled: (trial) => {
        this.#settle(trial);
        listener.settled(trial);
      },
    };
  }

  /** Removes the files of those of the trials that have some. */
  async #remove(expendable: ReadonlyMap<number, Trial>): Promise<void> {
    const { store, view } = this.#options;
    const listed = await store.artifacts.list(view.study.id);
    for (const number of new Set(listed.map((file) => Number.parseInt(file, 10)))) {
      const trial = expendable.get(number);
      if (trial === undefined) continue;
      await this.#files(trial)
        .remove()
        .catch(() => undefined);
    }
  }

  #settle(trial: Trial): void {
    if (isPending(trial)) return;
    const expendable = this.#best?.add(trial) ?? null;
    // One that its own attempt did not end, as it was lost too often, still has them.
    if (trial.checkpoint !== null) this.#then(() => clearCheckpoints(trial, { files: this.#files(trial) }));
    if (expendable === null) return;
    this.#expendable.set(expendable.number, expendable);
    this.#gathering ??= setTimeout(() => this.#removeGathered(), GATHER_MS);
  }

  #removeGathered(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const gathered = new Map(this.#expendable);
    this.#expendable.clear();
    if (gathered.size > 0) this.#then(() => this.#remove(gathered));
  }

  #then(work: () => Promise<void>): void {
    this.#removing = this.#removing.then(work).catch(() => undefined);
  }

  #files({ number, attempt }: Trial): TrialFiles {
    const { store, view } = this.#options;
    return store.artifacts.of(view.study.id, number, attempt);
  }
}

/** Memory that ends with its process keeps all. */
function defaultOf({ store, view }: KeptFilesOptions): number | null {
  const hasDirectory = store.artifacts.of(view.study.id, 0, 1).directory !== null;
  return hasDirectory || !store.isDurable ? null : IN_NO_DIRECTORY;
}
