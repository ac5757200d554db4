import { lowest } from "../../numerics/order.ts";
import { type AllowedPoint, allowedPoint } from "../allowed.ts";
import type { Point, PointSpace } from "../points.ts";
import type { ProposalRequest } from "../sampler.ts";
import type { JointModels } from "../tpe/joint/joint.ts";
import type { Tried } from "../tpe/joint/tried-points.ts";
import { TriedConfigurations } from "../tried.ts";
import { Belief } from "./belief/belief.ts";
import { drawAcquisition } from "./belief/draw-acquisition.ts";
import { feasiblePoints } from "./belief/feasibility.ts";
import { Posterior } from "./belief/posterior.ts";
import { trainingData } from "./data/training-data.ts";
import type { Theta } from "./kernel/theta.ts";
import type { Fits } from "./memo.ts";
import { refit } from "./refit.ts";
import { candidatesOf } from "./search/candidates.ts";
import { maximize } from "./search/maximize.ts";
import { type View, viewsOf } from "./views.ts";

/** What a proposal is made from. */
export interface Basis {
  readonly points: PointSpace;
  readonly tried: Tried;
  readonly models: JointModels;
  readonly fits: Fits;
}

/**
 * Finds the configuration that the model of a trial's turn finds most promising.
 *
 * Keeps posteriors between proposals, only to save time: they hold what new ones would.
 */
export class Modeller {
  readonly #posteriors = new WeakMap<PointSpace, Map<View, Posterior>>();

  /** @returns the point, null where nothing could be found that is allowed and new, and the fits to keep */
  propose(request: ProposalRequest, basis: Basis): { readonly point: Point | null; readonly fits: Fits } {
    const { points, tried, models, fits } = basis;
    const { rng } = request;
    const views = viewsOf(points);
    const turn = request.trialNumber % views.length;
    const view = views[turn] ?? views[0];
    const data = trainingData(tried, view.transform);
    const { smoothness } = view;
    const fit = refit(points, data, { fit: fits[turn] ?? null, trials: tried.points.length, smoothness });
    const posterior = this.#posterior(points, fit.theta, view);
    const rows = [...data.rows, ...tried.pending];
    posterior.update(rows, data);
    const { best, tops } = incumbents(posterior, rows);
    const incumbent = tops[0] ?? points.draw(rng);
    const lengths = fit.theta.subarray(0, points.size).map((logWeight) => Math.exp(-0.5 * logWeight));
    const isFeasible = feasiblePoints(posterior.kernel, data, rng);
    const isAllowed = both(allowedPoint(points, request), isFeasible);
    const acquisition = drawAcquisition({ best, trials: data.rows.length, params: countActive(incumbent) }, rng);
    const point = maximize(points, {
      belief: new Belief(posterior, acquisition),
      candidates: candidatesOf(points, { tops, lengths, models, isAllowed, rng }),
      isAllowed,
      isOpen: openPoints(points, request, isFeasible),
      incumbent,
      lengths,
      rng,
    });
    return { point, fits: fits.map((old, index) => (index === turn ? fit : old)) };
  }

  #posterior(points: PointSpace, theta: Theta, view: View): Posterior {
    const ofSpace = this.#posteriors.get(points) ?? new Map<View, Posterior>();
    this.#posteriors.set(points, ofSpace);
    const kept = ofSpace.get(view);
    if (kept?.theta.every((entry, index) => entry === theta[index])) return kept;
    const posterior = new Posterior(points, theta, view.smoothness);
    ofSpace.set(view, posterior);
    return posterior;
  }
}

/** Points that candidates are sought near to. */
const MOST_TOPS = 5;

/**
 * The trials of the lowest means, pending ones among them: what a noisy loss alone says is not believed, and what is
 * expected of a trial that runs need not be tried for again.
 */
function incumbents(posterior: Posterior, rows: readonly Point[]): { readonly best: number; readonly tops: Point[] } {
  const means = posterior.meansAtRows();
  const order = lowest(means, MOST_TOPS);
  return {
    best: means[order[0] ?? 0] ?? 0,
    tops: order.map((row) => rows[row] as Point), // an index of means, one a row
  };
}

function countActive(point: Point): number {
  return point.filter((place) => !Number.isNaN(place)).length;
}

function both(first: AllowedPoint | null, second: AllowedPoint | null): AllowedPoint | null {
  return first === null || second === null ? (first ?? second) : (point) => first(point) && second(point);
}

function openPoints(points: PointSpace, request: ProposalRequest, isFeasible: AllowedPoint | null): AllowedPoint {
  const tried = new TriedConfigurations(request.space, request.observations, request.pending);
  return (point) => {
    if (isFeasible?.(point) === false) return false;
    const assignment = points.assignmentOf(point);
    return !tried.has(assignment) && request.isAllowed(assignment);
  };
}
