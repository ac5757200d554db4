import type { Observation, PendingProposal, Pruner, Sampler } from "parzen";
import { type Ends, foretellingPruner, foretellingSampler } from "./foretell.ts";

/** What a search knows of its trials. */
export interface Knowledge {
  readonly inFlight: number;
  /** Whether the sampler is told that a pruned trial failed, so that it learns nothing from how far it came. */
  readonly forgetsPruned: boolean;
  /** Whether the sampler is not told what running trials have reported. */
  readonly forgetsRunning: boolean;
  /** Whether sampler and pruner know from its first report what a trial comes to: a bound of what pruning can save. */
  readonly foretells: boolean;
}

/** What decides in a search. */
export interface Strategies {
  readonly sampler: Sampler;
  readonly pruner: Pruner;
}

/**
 * The same sampler and pruner, told more or less than a study tells them.
 *
 * @param ends for a search that foretells: each trial's has to be there before its first report
 */
export function informed({ sampler, pruner }: Strategies, knowledge: Knowledge, ends: Ends): Strategies {
  if (!knowledge.foretells) return { sampler: knowing(sampler, knowledge), pruner };
  return {
    sampler: knowing(foretellingSampler(sampler, ends), knowledge),
    pruner: foretellingPruner(pruner, ends),
  };
}

/** A sampler that is told how many trials run at once, which a study that is asked cannot know, and less of others. */
function knowing(sampler: Sampler, { inFlight: parallelism, forgetsPruned, forgetsRunning }: Knowledge): Sampler {
  const propose: Sampler["propose"] = (request) => {
    const plan = { ...request.plan, parallelism };
    const observations = forgetsPruned ? request.observations.map(withoutPruned) : request.observations;
    const pending = forgetsRunning ? request.pending.map(withoutReport) : request.pending;
    return sampler.propose({ ...request, plan, observations, pending });
  };
  return { ...sampler, propose };
}

function withoutPruned(observation: Observation): Observation {
  return observation.result.kind === "pruned" ? { ...observation, result: { kind: "failed" } } : observation;
}

function withoutReport({ report: _, ...trial }: PendingProposal): PendingProposal {
  return trial;
}
