import { countFinite, lossesOf } from "../losses.ts";
import { proposeNew } from "../novelty.ts";
import { type Point, pointSpaceOf } from "../points.ts";
import type { Proposal, ProposalRequest, Sampler } from "../sampler.ts";
import { proposeStartUp, startUpSize } from "../start-up.ts";
import { JointModels } from "../tpe/joint/joint.ts";
import { triedOf } from "../tpe/joint/tried-points.ts";
import { type Fits, fitsFrom, memoOf } from "./memo.ts";
import { Modeller } from "./modeller.ts";
import { type GpOptions, type GpSettings, resolveGpOptions } from "./options.ts";

/**
 * A Gaussian process over mixed and conditional spaces, with the multivariate TPE beside it.
 *
 * After a start-up design, a model of the losses is made of all trials, at most 300, and the configuration is sought
 * that it finds most promising. Two models take turns that see losses differently bent, and three ideas of what is
 * promising are drawn from; a seventh of the proposals comes from TPE. What one model gets stuck on, another passes.
 *
 * Fitted hyperparameters are kept in the memo, so that most proposals need no fit.
 *
 * @source Snoek, Larochelle and Adams 2012, "Practical Bayesian optimization of machine learning algorithms" (NeurIPS
 * 25); the ensemble of acquisitions: Cowen-Rivers et al. 2022, "HEBO" (JAIR 74)
 * @throws ParzenError OPTION_INVALID
 */
export function gp(options: GpOptions = {}): Sampler {
  const settings = resolveGpOptions(options);
  const modeller = new Modeller();
  return { name: "gp", version: 1, options: settings, propose: (request) => propose(request, settings, modeller) };
}

/** Trials with a finite loss before a model is of use. */
const LEAST_KNOWN = 4;
/** Of the proposals, what TPE makes: insurance against a model that is wrong. */
const TPE_SHARE = 0.15;

function propose(request: ProposalRequest, settings: GpSettings, modeller: Modeller): Proposal {
  const points = pointSpaceOf(request.space);
  const fits = fitsFrom(request.memo, points.size + 2);
  const { observations, pending, rng } = request;
  const losses = lossesOf(observations);
  const size = startUpSize(request, settings.startup);
  const isStartUp = observations.length + pending.length < size || countFinite(losses) < Math.min(size, LEAST_KNOWN);
  if (isStartUp) return withMemo(proposeStartUp(points, request, size), fits);
  const tried = triedOf(points, request, losses);
  const models = new JointModels(points, tried);
  const guided = rng.next() < TPE_SHARE ? null : modeller.propose(request, { points, tried, models, fits });
  let first = guided?.point ?? null;
  const draw = (): Point => {
    const point = first ?? models.best(rng);
    first = null;
    return point;
  };
  const proposal = proposeNew(request, () => points.assignmentOf(draw()));
  return withMemo(proposal, guided?.fits ?? fits);
}

function withMemo(proposal: Proposal, fits: Fits): Proposal {
  return proposal.kind === "exhausted" ? proposal : { ...proposal, memo: memoOf(fits) };
}
