import type { Rng } from "../random/stream.ts";
import type { Assignment } from "../space/assignment.ts";
import type { CompiledSpace } from "../space/compile.ts";
import type { Fidelity } from "../trial/fidelity.ts";
import type { Json, JsonObject } from "../trial/json.ts";
import type { Observation } from "../trial/observation.ts";
import type { Report } from "../trial/report.ts";

/** Everything a proposal may depend on. */
export interface ProposalRequest {
  readonly space: CompiledSpace;
  readonly trialNumber: number;
  /** The stream of (study seed, trial number). */
  readonly rng: Rng;
  /** A stream that is the same for every trial of the study, for start-up designs. */
  studyRng(name: string): Rng;
  /**
   * Finished trials and imported results, by trial number, imported ones first. The same array may come again, with
   * more in it, each at its place: what is in it never changes or goes.
   */
  readonly observations: readonly Observation[];
  /** Trials that are queued or running, by trial number. */
  readonly pending: readonly PendingProposal[];
  readonly plan: Plan;
  /**
   * Declared relations between params; `allowsAll` where there are none. It always says the same, and is the same function
   * from one proposal of a study to the next.
   */
  isAllowed(assignment: Assignment): boolean;
  /** What the latest proposal left for this one. */
  readonly memo: Json;
}

/** The `isAllowed` of a study without relations: who meets it need not ask. */
export const allowsAll = (_: Assignment): boolean => true;

/** A trial that was proposed and has no result yet. */
export interface PendingProposal {
  readonly number: number;
  readonly assignment: Assignment;
  readonly fidelity?: number;
  /** Its latest finite one, where it runs and has reported. */
  readonly report?: Report;
}

/** What is known of the search as a whole. */
export interface Plan {
  /** Null without a limit. */
  readonly maxTrials: number | null;
  /** How many trials run at the same time; from 1 on. */
  readonly parallelism: number;
  /** How many losses a trial has: 1. */
  readonly objectives: number;
  /** The budget that the study names. A trial has all of it, unless its proposal says less. */
  readonly fidelity?: Fidelity;
}

/** A sampler's answer: something to try, or nothing left. */
export type Proposal =
  | {
      readonly kind: "try";
      readonly assignment: Assignment;
      /** Whole units, from 1 to the `max` of the study's; all of it where left out. */
      readonly fidelity?: number;
      /** At most 4 kB of JSON, handed to the next proposal. */
      readonly memo?: Json;
    }
  /** Every configuration of a finite space was tried. */
  | { readonly kind: "exhausted" };

/**
 * Decides what to try next.
 *
 * Pure: the same request, its streams included, gives the same proposal, whatever the instance was asked before. A
 * sampler may remember only what it could compute again from the request.
 */
export interface Sampler {
  /** Stored with the study, with `version` and `options`, so that a study is always continued by what began it. */
  readonly name: string;
  /** Rises when the same request would give another proposal. */
  readonly version: number;
  readonly options: JsonObject;
  propose(request: ProposalRequest): Proposal;
  /**
   * How it proposes at this point of a study and why, for a log, e.g. `gp: 12 params at once`. Another text is another
   * choice. Only a sampler that chooses has it.
   */
  describe?(situation: Situation): string;
}

/** The part of a request that a choice between ways of sampling may depend on. */
export type Situation = Pick<ProposalRequest, "space" | "observations" | "plan">;
