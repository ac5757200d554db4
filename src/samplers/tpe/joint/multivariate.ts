import { allowedPoint } from "../../allowed.ts";
import { countFinite } from "../../losses.ts";
import { proposeNew } from "../../novelty.ts";
import { pointSpaceOf } from "../../points.ts";
import type { Proposal, ProposalRequest } from "../../sampler.ts";
import { proposeStartUp, startUpSize } from "../../start-up.ts";
import type { MultivariateSettings } from "../options.ts";
import { JointModels } from "./joint.ts";
import { triedOf } from "./tried-points.ts";

/** Proposes by the models over whole configurations. */
export function proposeJointly(request: ProposalRequest, settings: MultivariateSettings): Proposal {
  const points = pointSpaceOf(request.space);
  const { observations, pending, rng } = request;
  const tried = triedOf(points, request);
  const size = startUpSize(request, settings.startup);
  if (observations.length + pending.length < size || countFinite(tried.losses) === 0) {
    return proposeStartUp(points, request, { size, isGathered: false });
  }
  const models = new JointModels(points, tried);
  const isAllowed = allowedPoint(points, request);
  return proposeNew(request, () => points.assignmentOf(models.best(rng, isAllowed, settings.candidates)));
}
