import { isParzenError, ParzenError, show } from "../../errors.ts";
import { integerSeed, type Rng, stream } from "../../random/stream.ts";
import { oncePer } from "../../samplers/once.ts";
import { allowsAll, type Plan, type Proposal, type ProposalRequest, type Sampler } from "../../samplers/sampler.ts";
import { checkAssignment } from "../../space/assignment.ts";
import type { CompiledSpace } from "../../space/compile.ts";
import type { Relation } from "../../space/relation/relation.ts";
import { brokenRelation, checkRelations } from "../../space/relation/where.ts";
import type { StudyRecord, StudySpec } from "../../store/study-record.ts";
import type { Fidelity } from "../../trial/fidelity.ts";
import { isCount } from "../../trial/option-check.ts";
import type { TrialPlan } from "../../trial/trial.ts";
import type { History } from "../view/history.ts";
import { withReports } from "./running-reports.ts";

/** What proposes for a study, whatever its history. */
export interface Proposer {
  readonly sampler: Sampler;
  readonly space: CompiledSpace;
  readonly relations: readonly Relation[];
}

interface Moment {
  readonly study: Pick<StudySpec, "seed" | "fidelity">;
  readonly number: number;
  readonly history: History;
  readonly plan: TrialPlan;
}

/** Asks the sampler for trial `number` of a study with that history. Depends on nothing else. */
export function propose({ sampler, space, relations }: Proposer, at: Moment): Proposal {
  const { study, number, history } = at;
  const request: ProposalRequest = {
    space,
    trialNumber: number,
    rng: lazily(() => stream(study.seed, number)),
    studyRng: (name) => stream(study.seed, "study", name),
    observations: history.observations,
    pending: withReports(history.pending, at.plan.running ?? []),
    plan: planOf(study, at.plan),
    isAllowed: allowedBy(relations),
    memo: history.memo,
  };
  const proposal = proposalFrom(sampler, request);
  if (proposal.kind === "try") check({ sampler, space, relations }, proposal, study.fidelity ?? null);
  return proposal;
}

type IsAllowed = ProposalRequest["isAllowed"];

/** The same function at every proposal of a study, so that a sampler may keep what it said. */
function allowedBy(relations: readonly Relation[]): IsAllowed {
  if (relations.length === 0) return allowsAll;
  return allowing(relations);
}

const allowing = oncePer((relations: readonly Relation[]): IsAllowed => {
  return (assignment) => brokenRelation(relations, assignment) === null;
});

/** What a sampler gives: one of the user's own may give anything. */
function proposalFrom(sampler: Sampler, request: ProposalRequest): Proposal {
  const given: Proposal | undefined = sampler.propose(request);
  if (given?.kind === "try" || given?.kind === "exhausted") return given;
  const expected = '{ kind: "try", assignment } or { kind: "exhausted" }';
  throw refused(sampler, `gave ${show(given)} for a proposal: expected ${expected}`);
}

function planOf({ fidelity }: Moment["study"], { maxTrials, parallelism }: TrialPlan): Plan {
  const plan = { maxTrials, parallelism, objectives: 1 };
  return fidelity === undefined ? plan : { ...plan, fidelity };
}

/**
 * Asks for the first proposal of a study that is to begin: options of its sampler may not fit the space, and relations
 * allow nothing of what it can reach, as one that fixes params cannot reach all of the space.
 *
 * @throws ParzenError OPTION_INVALID
 */
export function checkReach(proposer: Proposer, study: Moment["study"], plan: TrialPlan): void {
  const { sampler, relations } = proposer;
  const history: History = { observations: [], pending: [], memo: null };
  const { kind } = propose(proposer, { study, number: 0, history, plan });
  if (kind === "try" || relations.length === 0) return;
  const what = relations.map(({ text }) => text).join(" and ");
  throw new ParzenError("OPTION_INVALID", `where: the sampler "${sampler.name}" finds nothing that satisfies ${what}`, {
    hint: `Widen what is required, or what the sampler may try: its options are ${show(sampler.options)}.`,
  });
}

/** Most characters of JSON that a sampler may leave for its next proposal. */
const MAX_MEMO = 4096;

/** A sampler of the user's own may be wrong; nothing of that reaches a store. */
function check({ sampler, space, relations }: Proposer, proposal: Tried, whole: Fidelity | null): void {
  const { assignment, fidelity, memo = null } = proposal;
  try {
    checkAssignment(space, assignment);
    checkRelations(relations, assignment);
  } catch (error) {
    const what = isParzenError(error) ? error.message : String(error);
    throw refused(sampler, `proposed what may not be tried: ${what}`);
  }
  if (fidelity !== undefined && !(isCount(1)(fidelity) && whole !== null && fidelity <= whole.max)) {
    const expected = whole === null ? "none, as the study names none" : `an integer from 1 to ${whole.max}`;
    throw refused(sampler, `proposed a fidelity of ${show(fidelity)}: expected ${expected}`);
  }
  if (memo !== null && jsonLength(memo) > MAX_MEMO) {
    throw refused(sampler, `left a memo that is no JSON of at most ${MAX_MEMO} characters`);
  }
}

type Tried = Extract<Proposal, { readonly kind: "try" }>;

/** Infinity for what has no JSON. */
function jsonLength(value: unknown): number {
  try {
    return JSON.stringify(value)?.length ?? Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function refused({ name }: Sampler, why: string): ParzenError {
  return new ParzenError("OPTION_INVALID", `the sampler "${name}" ${why}`);
}

/** Seeds the randomness of a trial's own training. */
export function trialSeed(study: StudyRecord, number: number): number {
  return integerSeed(study.seed, "trial", number);
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
