import { setTimeout as sleep } from "node:timers/promises";
import type { Reservation, Reserved, Store } from "../../store/store.ts";
import type { Trial, TrialPlan } from "../../trial/trial.ts";
import type { StudyView } from "../view/view.ts";
import { type Proposer, propose } from "./propose.ts";
import { latestReports } from "./running-reports.ts";
import { adoptVersion, type SamplerChange } from "./sampler-version.ts";

/** A new trial, or why there is none. */
export type Proposed =
  | { readonly kind: "reserved"; readonly trial: Trial }
  | { readonly kind: "spent" | "deposed" | "full" }
  | { readonly kind: "exhausted" };

/** Under which conditions a proposal may become a trial; see `Reservation`. */
export type ProposalTerms = Partial<Pick<Reservation, "origin">> & Pick<Reservation, "leader" | "maxPending">;

/** How long trials are proposed before the first of them is handed on. */
const PROPOSING_MS = 5;

/** How long a look at the study is put off that did not show what the store refuses. */
const BEHIND_MS = 100;

/** What a source gives out trials of. */
export interface Proposing {
  readonly store: Store;
  readonly view: StudyView;
  readonly proposer: Proposer;
  /** Hears that another version of the sampler goes on. */
  readonly changed: (change: SamplerChange) => void;
}

export interface Wanted {
  /** How many trials run at once; the sampler is told. */
  readonly parallelism: number;
  /** At most so many. Default 1. */
  readonly most?: number;
  readonly terms?: ProposalTerms;
}

/** Gives out a study's new trials: proposes from the newest history and reserves, again where another was faster. */
export class ProposalSource {
  readonly #store: Store;
  readonly #view: StudyView;
  readonly #proposer: Proposer;
  readonly #changed: (change: SamplerChange) => void;
  #plan: TrialPlan = Object.freeze({ maxTrials: null, parallelism: 1 });
  #isVersionKnown = false;

  constructor(study: Proposing) {
    this.#store = study.store;
    this.#view = study.view;
    this.#proposer = study.proposer;
    this.#changed = study.changed;
  }

  /**
   * Reserves the next trials: one, or several that are proposed one after the other from one look at the study.
   *
   * @returns what became of each, at least one; only the last may be none that was reserved
   */
  async next({ parallelism, most = 1, terms = {} }: Wanted): Promise<readonly Proposed[]> {
    if (!this.#isVersionKnown) await this.#noteVersion();
    let mayRepeat = false;
    for (;;) {
      const { study } = this.#view;
      const running = latestReports(this.#view.pending());
      const plan = withRunning(this.#planOf(study.settings.maxTrials, parallelism), running);
      const reservations = this.#propose(plan, { most, terms, mayRepeat });
      const [first] = reservations;
      if (first === undefined) return [{ kind: "exhausted" }];
      const { reserveAll } = this.#store;
      const reserved =
        reserveAll === undefined
          ? [await this.#store.reserve(study.name, first)]
          : await reserveAll.call(this.#store, study.name, reservations);
      if (reserved[0]?.kind !== "conflict") return reserved.filter(isDecided);
      await this.#view.refresh(this.#store);
      const isNothingNew = this.#view.study.nextNumber === study.nextNumber;
      if (isNothingNew && mayRepeat) await sleep(BEHIND_MS); // the number is taken, by a trial that no look shows yet
      // Every earlier trial was known, so the sampler insists on what one of them has.
      mayRepeat = isNothingNew;
    }
  }

  /** How the sampler proposes now; null for one that does not choose. */
  describe(parallelism: number): string | null {
    const { sampler, space } = this.#proposer;
    const { maxTrials } = this.#view.study.settings;
    const plan = { ...this.#planOf(maxTrials, parallelism), objectives: 1 };
    return sampler.describe?.({ space, observations: this.#view.observations, plan }) ?? null;
  }

  async #noteVersion(): Promise<void> {
    const change = await adoptVersion(this.#store, this.#view.study, this.#proposer.sampler);
    this.#isVersionKnown = true;
    if (change !== null) this.#changed(change);
  }

  /** Each proposal knows those before it as pending. Nothing where the sampler has no more. */
  #propose(plan: TrialPlan, { most, terms, mayRepeat: insists }: Batch): readonly Reservation[] {
    const { study, sequence: basis } = this.#view;
    const { origin = "sampler", leader, maxPending } = terms;
    const until = most === 1 ? 0 : performance.now() + PROPOSING_MS;
    const reservations: Reservation[] = [];
    let history = this.#view.history();
    for (let number = study.nextNumber; ; number++) {
      const proposal = propose(this.#proposer, { study, number, history, plan });
      if (proposal.kind === "exhausted") break;
      const { assignment, fidelity = study.fidelity?.max, memo = null } = proposal;
      const mayRepeat = insists && reservations.length === 0;
      // Field by field, undefined ones too: a spread costs more than all the rest.
      const own = { expectedNumber: number, basis, assignment, memo, plan, origin, mayRepeat, leader, maxPending };
      reservations.push(fidelity === undefined ? own : { ...own, fidelity });
      if (reservations.length >= most || number + 1 === plan.maxTrials || performance.now() > until) break;
      const pending = { number, assignment, ...(fidelity === undefined ? {} : { fidelity }) };
      history = { ...history, pending: [...history.pending, pending], memo };
    }
    return reservations;
  }

  /** Hardly ever another one than last time. */
  #planOf(maxTrials: number | null, parallelism: number): TrialPlan {
    const isSame = this.#plan.maxTrials === maxTrials && this.#plan.parallelism === parallelism;
    if (!isSame) this.#plan = Object.freeze({ maxTrials, parallelism });
    return this.#plan;
  }
}

function withRunning(plan: TrialPlan, running: NonNullable<TrialPlan["running"]>): TrialPlan {
  return running.length === 0 ? plan : Object.freeze({ ...plan, running: Object.freeze(running) });
}

interface Batch {
  readonly most: number;
  readonly terms: ProposalTerms;
  readonly mayRepeat: boolean;
}

function isDecided(reserved: Reserved): reserved is Exclude<Reserved, { readonly kind: "conflict" }> {
  return reserved.kind !== "conflict";
}
