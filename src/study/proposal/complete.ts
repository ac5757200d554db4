import { isParzenError, ParzenError } from "../../errors.ts";
import { proposeBeside } from "../../samplers/partial/partial.ts";
import { type Assignment, missingFrom } from "../../space/assignment.ts";
import { encodeGiven } from "../../space/encode.ts";
import { checkRelations } from "../../space/relation/where.ts";
import type { StudyView } from "../view/view.ts";
import { type Proposer, propose } from "./propose.ts";

/**
 * The assignment of params that may lack some: what they lack is what the study's sampler proposes beside them as the
 * next trial, from what is known now. The same study gives the same.
 *
 * @throws ParamsError where what is given is not of this space, or a relation forbids it; PARAMS_INVALID where nothing
 * beside it is left to try; OPTION_INVALID where the sampler cannot propose beside it
 */
export function completed(proposer: Proposer, view: StudyView, params: unknown): Assignment {
  const { sampler, space, relations } = proposer;
  const given = encodeGiven(space, params);
  if (missingFrom(space, given).length === 0) {
    checkRelations(relations, given);
    return given;
  }
  const { name, version, options } = sampler;
  const beside = (request: Parameters<typeof sampler.propose>[0]) => besideGiven(given, sampler, request);
  const { study } = view;
  const plan = { maxTrials: study.settings.maxTrials, parallelism: 1 };
  const history = { ...view.history(), memo: null }; // a memo was left for the whole space, which this is not
  const at = { study, number: study.nextNumber, history, plan };
  const proposal = propose({ sampler: { name, version, options, propose: beside }, space, relations }, at);
  if (proposal.kind === "try") return proposal.assignment;
  throw new ParzenError("PARAMS_INVALID", "params: nothing that is allowed and was not tried yet has these values", {
    hint: "Give every param: then it is tried, also once more.",
  });
}

/** What a sampler refuses here is no fault of the study. */
const besideGiven: typeof proposeBeside = (given, sampler, request) => {
  try {
    return proposeBeside(given, sampler, request);
  } catch (cause) {
    if (!isParzenError(cause)) throw cause;
    const what = `params: the sampler "${sampler.name}" cannot propose those that are missing: ${cause.message}`;
    throw new ParzenError(cause.code, what, { hint: "Give every param.", cause });
  }
};
