import type { Sampler } from "../samplers/sampler.ts";
import type { CompiledSpace } from "../space/compile.ts";
import type { Reservation, Store } from "../store/store.ts";
import type { Trial, TrialPlan } from "../trial/trial.ts";
import { propose } from "./propose.ts";
import type { StudyView } from "./view.ts";

/** A new trial, or why there is none. */
export type Proposed =
  | { readonly kind: "reserved"; readonly trial: Trial }
  | { readonly kind: "spent" | "deposed" | "full" }
  | { readonly kind: "exhausted" };

/** Under which conditions a proposal may become a trial; see `Reservation`. */
export type ProposalTerms = Partial<Pick<Reservation, "origin" | "leader" | "maxPending">>;

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

  async next(parallelism: number, terms: ProposalTerms = {}): Promise<Proposed> {
    let mayRepeat = false;
    for (;;) {
      const { study, sequence } = this.#view;
      const plan = this.#planOf(study.settings.maxTrials, parallelism);
      const number = study.nextNumber;
      const history = this.#view.history();
      const proposal = propose(this.#sampler, this.#space, { study, number, history, plan });
      if (proposal.kind === "exhausted") return proposal;
      const { assignment, fidelity, memo = null } = proposal;
      const reserved = await this.#store.reserve(study.name, {
        origin: "sampler",
        ...terms,
        expectedNumber: number,
        basis: sequence,
        assignment,
        ...(fidelity === undefined ? {} : { fidelity }),
        memo,
        plan,
        mayRepeat,
      });
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
