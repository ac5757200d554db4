/** In the list of changes: an import instead of a trial. */
const IMPORT = -1;

/**
 * What changed in one study in memory, and when: the change with sequence `s` is found at `changes[s - first - 1]`, so that
 * to look at what changed costs no more than that.
 */
export class MemoryChanges {
  readonly #first: number;
  readonly #changes: number[] = [];
  readonly #watchers = new Set<() => void>();

  /** @param first sequence of the study so far: what changed before is not known */
  constructor(first: number) {
    this.#first = first;
  }

  get sequence(): number {
    return this.#first + this.#changes.length;
  }

  /** Counts a change of a trial, and tells who watches. */
  ofTrial(number: number): void {
    this.#changes.push(number);
    for (const changed of this.#watchers) changed();
  }

  ofImport(): void {
    this.#changes.push(IMPORT);
  }

  /** Numbers of the trials that changed after `sequence`, in ascending order; null where that is not known. */
  trialsSince(sequence: number): readonly number[] | null {
    if (sequence < this.#first) return null;
    const numbers = new Set(this.#changes.slice(sequence - this.#first));
    numbers.delete(IMPORT);
    return [...numbers].sort((a, b) => a - b);
  }

  /** @returns what ends it */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }
}
