import { allowedPoint } from "../allowed.ts";
import { countFinite } from "../losses.ts";
import { proposeNew } from "../novelty.ts";
import { type Point, pointSpaceOf } from "../points.ts";
import type { Proposal, ProposalRequest } from "../sampler.ts";
import { proposeStartUp, startUpSize } from "../start-up.ts";
import { JointModels } from "../tpe/joint/joint.ts";
import { triedOf } from "../tpe/joint/tried-points.ts";
import { OTHER_ENTRIES } from "./kernel/theta.ts";
import { type Fits, fitsFrom, memoOf } from "./memo.ts";
import { Modeller } from "./modeller.ts";

/** How the ensemble proposes. */
export interface EnsembleSettings {
  /** Trials of the start-up design at least. */
  readonly startup: number;
  /** Of the proposals, what TPE makes: insurance against a model that is wrong. */
  readonly tpeShare: number;
}

/** Trials with a finite loss before a model is of use. */
const LEAST_KNOWN = 4;

/** A start-up design, then the Gaussian process and the multivariate TPE side by side. */
export class Ensemble {
  readonly #modeller = new Modeller();

  propose(request: ProposalRequest, { startup, tpeShare }: EnsembleSettings): Proposal {
    const points = pointSpaceOf(request.space);
    const fits = fitsFrom(request.memo, points.size + OTHER_ENTRIES);
    const { observations, pending, rng } = request;
    const tried = triedOf(points, request);
    const known = countFinite(tried.losses);
    const size = startUpSize(request, startup);
    const isStartUp = observations.length + pending.length < size || known < Math.min(size, LEAST_KNOWN);
    if (isStartUp) return withMemo(proposeStartUp(points, request, { size, isGathered: true }), fits);
    const models = new JointModels(points, tried);
    const guided = rng.next() < tpeShare ? null : this.#modeller.propose(request, { points, tried, models, fits });
    const isAllowed = allowedPoint(points, request);
    let first = guided?.point ?? null;
    const draw = (): Point => {
      const point = first ?? models.best(rng, isAllowed);
      first = null;
      return point;
    };
    const proposal = proposeNew(request, () => points.assignmentOf(draw()));
    return withMemo(proposal, guided?.fits ?? fits);
  }
}

function withMemo(proposal: Proposal, fits: Fits): Proposal {
  return proposal.kind === "exhausted" ? proposal : { ...proposal, memo: memoOf(fits) };
}
