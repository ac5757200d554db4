import { stream } from "../../random/stream.ts";
import { allowsAll, type PendingProposal, type ProposalRequest, type Sampler } from "../../samplers/sampler.ts";
import type { Assignment } from "../../space/assignment.ts";
import type { CompiledSpace } from "../../space/compile.ts";
import type { Json } from "../../trial/json.ts";
import type { Observation, ObservedResult } from "../../trial/observation.ts";

const SEED = 7;

/** What a check asks of a made-up study; everything else has a fixed value. */
export interface Asked {
  readonly space: CompiledSpace;
  readonly observations?: readonly Observation[];
  readonly pending?: readonly PendingProposal[];
  readonly trialNumber?: number;
  readonly isAllowed?: (assignment: Assignment) => boolean;
  readonly memo?: Json;
}

/** A request with streams of its own: asking twice with equal arguments is asking the same. */
export function requestOf(asked: Asked): ProposalRequest {
  const number = asked.trialNumber ?? 0;
  return {
    space: asked.space,
    trialNumber: number,
    rng: stream(SEED, number),
    studyRng: (name) => stream(SEED, name),
    observations: asked.observations ?? [],
    pending: asked.pending ?? [],
    plan: { maxTrials: 100, parallelism: 4, objectives: 1 },
    isAllowed: asked.isAllowed ?? allowsAll,
    memo: asked.memo ?? null,
  };
}

/**
 * A study under way, as a sampler may meet it: results come late and out of order, among them failed, pruned and NaN
 * ones, some trials report before they end, and some results were imported before the first trial.
 */
export class StudyHistory {
  readonly #space: CompiledSpace;
  readonly #imported: Observation[] = [];
  readonly #trials: Observation[] = [];
  #memo: Json = null;

  constructor(space: CompiledSpace) {
    this.#space = space;
  }

  get length(): number {
    return this.#trials.length;
  }

  import(assignment: Assignment): void {
    this.#imported.push({ number: null, assignment, reports: [], result: { kind: "complete", losses: [1.5] } });
  }

  /** The next request. Observations keep their identity from one to the next. */
  next(isAllowed?: (assignment: Assignment) => boolean): ProposalRequest {
    const now = this.#trials.length;
    const isPending = (number: number) => number + lateness(number) >= now;
    const numbered = this.#trials.map((observation, number) => ({ number, observation }));
    return requestOf({
      space: this.#space,
      trialNumber: now,
      observations: [
        ...this.#imported,
        ...numbered.filter(({ number }) => !isPending(number)).map(({ observation }) => observation),
      ],
      pending: numbered
        .filter(({ number }) => isPending(number))
        .map(({ number, observation }) => pendingOf(number, observation)),
      memo: this.#memo,
      ...(isAllowed === undefined ? {} : { isAllowed }),
    });
  }

  add(assignment: Assignment, memo: Json = null): void {
    const number = this.#trials.length;
    const loss = Object.values(assignment).reduce((sum, value) => sum + Math.sin(value), 0);
    this.#memo = memo;
    this.#trials.push({ number, assignment, reports: [{ step: 0, value: loss }], result: resultOf(number, loss) });
  }

  /** Lets a sampler propose `times`, or until it is exhausted; what it proposed. */
  run(sampler: Pick<Sampler, "propose">, times: number, isAllowed?: (assignment: Assignment) => boolean): Assignment[] {
    const proposed: Assignment[] = [];
    while (proposed.length < times) {
      const proposal = sampler.propose(this.next(isAllowed));
      if (proposal.kind === "exhausted") break;
      proposed.push(proposal.assignment);
      this.add(proposal.assignment, proposal.memo ?? null);
    }
    return proposed;
  }
}

/** A trial on its way: every second one has reported. */
function pendingOf(number: number, { assignment, reports: [report] }: Observation): PendingProposal {
  return number % 2 === 0 || report === undefined ? { number, assignment } : { number, assignment, report };
}

/** How many later trials are proposed before the result of this one is there. */
function lateness(number: number): number {
  return [0, 2, 1, 4][number % 4] ?? 0;
}

function resultOf(number: number, loss: number): ObservedResult {
  if (number % 7 === 3) return { kind: "failed" };
  if (number % 11 === 5) return { kind: "complete", losses: [Number.NaN] };
  return { kind: number % 5 === 2 ? "pruned" : "complete", losses: [loss] };
}
