import type { ImportedObservation } from "../../store/study-record.ts";
import type { Observation } from "../../trial/observation.ts";

/** What a finished trial taught. */
export type TrialObservation = Observation & { readonly number: number };

/** What is known of a study's results, as samplers see it: imported ones first, then finished trials by number. */
export class Results {
  /** In order of import. */
  readonly imported: ImportedObservation[] = [];
  readonly #finished: TrialObservation[] = [];
  /** Null after `import`, until somebody looks: results are imported by the thousand. */
  #all: Observation[] | null = [];

  /** Another array after `import` only: with more finished trials it is the same one. */
  get all(): readonly Observation[] {
    this.#all ??= [...this.imported, ...this.#finished];
    return this.#all;
  }

  import(observation: ImportedObservation): void {
    this.imported.push(observation);
    this.#all = null;
  }

  add(observation: TrialObservation): void {
    const last = this.#finished.at(-1);
    if (last === undefined || last.number < observation.number) {
      this.#finished.push(observation);
      this.#all?.push(observation);
      return;
    }
    // Trials overtake few others, so the place is near the end.
    let at = this.#finished.length - 1;
    while (at > 0 && (this.#finished[at - 1]?.number ?? -1) > observation.number) at--;
    this.#finished.splice(at, 0, observation);
    this.#all?.splice(this.imported.length + at, 0, observation);
  }
}
