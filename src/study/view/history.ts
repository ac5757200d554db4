import type { PendingProposal } from "../../samplers/sampler.ts";
import type { ImportedObservation } from "../../store/study-record.ts";
import type { Json } from "../../trial/json.ts";
import type { Observation } from "../../trial/observation.ts";
import { observationOf } from "../../trial/observe.ts";
import { type FinishedTrial, isPending, type Trial } from "../../trial/trial.ts";

/** What a sampler may know at some moment of a study. */
export interface History {
  readonly observations: readonly Observation[];
  readonly pending: readonly PendingProposal[];
  readonly memo: Json;
}

/** All that a study holds now. */
interface Records {
  /** By number. */
  readonly trials: readonly Trial[];
  readonly imported: readonly ImportedObservation[];
}

/**
 * What a sampler knew that proposed a trial: every trial before it, since a number is only given to who knows the one
 * before, and of these the results up to the trial's basis.
 */
export function historyAt({ number, basis }: Pick<Trial, "number" | "basis">, records: Records): History {
  const known = records.trials.slice(0, number);
  const ended = (trial: Trial): trial is FinishedTrial => !isPending(trial) && trial.committedAt <= basis;
  const imported = records.imported.filter((observation) => observation.importedAt <= basis);
  const finished = known
    .filter(ended)
    .map(observationOf)
    .filter((observation) => observation !== null);
  const pending = known.filter((trial) => !ended(trial)).map(proposalOf);
  const memo = known.findLast((trial) => trial.origin !== "enqueued")?.memo ?? null;
  return { observations: [...imported, ...finished], pending, memo };
}

/** What a sampler may know of a trial without a result. */
export function proposalOf(trial: Trial): PendingProposal {
  const { number, assignment, fidelity } = trial;
  return fidelity === undefined ? { number, assignment } : { number, assignment, fidelity };
}
