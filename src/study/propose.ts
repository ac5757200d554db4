import { integerSeed, type Rng, stream } from "../random/stream.ts";
import type { Plan, Proposal, ProposalRequest, Sampler } from "../samplers/sampler.ts";
import type { CompiledSpace } from "../space/compile.ts";
import type { StudyRecord } from "../store/study-record.ts";
import type { History } from "./view.ts";

/** Asks the sampler for trial `number` of a study with that history. Depends on nothing else. */
export function propose(
  sampler: Sampler,
  space: CompiledSpace,
  at: { readonly study: StudyRecord; readonly number: number; readonly history: History; readonly parallelism: number },
): Proposal {
  const { study, number, history } = at;
  const request: ProposalRequest = {
    space,
    trialNumber: number,
    rng: lazily(() => stream(study.seed, number)),
    studyRng: (name) => stream(study.seed, "study", name),
    observations: history.observations,
    pending: history.pending,
    plan: planOf(study, at.parallelism),
    isAllowed: () => true,
    memo: history.memo,
  };
  return sampler.propose(request);
}

/** Seeds the randomness of a trial's own training. */
export function trialSeed(study: StudyRecord, number: number): number {
  return integerSeed(study.seed, "trial", number);
}

function planOf(study: StudyRecord, parallelism: number): Plan {
  return { maxTrials: study.settings.maxTrials, parallelism, objectives: 1 };
}

function lazily(make: () => Rng): Rng {
  let rng: Rng | undefined;
  return {
    next() {
      rng ??= make();
      return rng.next();
    },
  };
}
