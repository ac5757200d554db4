import type { Sampler } from "../samplers/sampler.ts";
import type { CompiledSpace } from "../space/compile.ts";
import type { Store } from "../store/store.ts";
import type { Origin, Trial, TrialPlan } from "../trial/trial.ts";
import { propose } from "./propose.ts";
import type { StudyView } from "./view.ts";

/** A new trial, or why there is none. */
export type Proposed =
  | { readonly kind: "reserved"; readonly trial: Trial }
  | { readonly kind: "spent" }
  | { readonly kind: "exhausted" };

/** Gives out a study's new trials: proposes from the newest history and reserves, again where another was faster. */
export class ProposalSource {
  readonly #store: Store;
  readonly #view: StudyView;
  readonly #sampler: Sampler;
  readonly #space: CompiledSpace;
  #plan: TrialPlan = Object.freeze({ maxTrials: null, parallelism: 1 });

  constructor(study: {
    readonly store: Store;
    readonly view: StudyView;
    readonly sampler: Sampler;
    readonly space: CompiledSpace;
  }) {
    this.#store = study.store;
    this.#view = study.view;
    this.#sampler = study.sampler;
    this.#space = study.space;
  }

  async next(parallelism: number, origin: Origin = "sampler"): Promise<Proposed> {
    let mayRepeat = false;
    for (;;) {
      const { study, sequence } = this.#view;
      const plan = this.#planOf(study.settings.maxTrials, parallelism);
      const number = study.nextNumber;
      const history = this.#view.history();
      const proposal = propose(this.#sampler, this.#space, { study, number, history, plan });
      if (proposal.kind === "exhausted") return proposal;
      const { assignment, fidelity, memo = null } = proposal;
      const reservation = { expectedNumber: number, basis: sequence, assignment, memo, plan, origin, mayRepeat };
      const budgeted = fidelity === undefined ? reservation : { ...reservation, fidelity };
      const reserved = await this.#store.reserve(study.name, budgeted);
      if (reserved.kind !== "conflict") return reserved;
      await this.#view.refresh(this.#store);
      mayRepeat = this.#view.sequence === sequence; // nobody else wrote, so the same proposal would come again
    }
  }

  /** Hardly ever another one than last time. */
  #planOf(maxTrials: number | null, parallelism: number): TrialPlan {
    const isSame = this.#plan.maxTrials === maxTrials && this.#plan.parallelism === parallelism;
    if (!isSame) this.#plan = Object.freeze({ maxTrials, parallelism });
    return this.#plan;
  }
}
