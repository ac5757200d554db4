import { lowest } from "../../numerics/order.ts";
import type { Assignment } from "../../space/assignment.ts";
import type { CompiledSpace, Dimension } from "../../space/compile.ts";
import type { Distribution } from "../../space/distribution.ts";
import { nearestValue } from "../nearest.ts";
import { proposeNew } from "../novelty.ts";
import { oncePer } from "../once.ts";
import { assign, drawPrior } from "../prior.ts";
import type { Proposal, ProposalRequest, Sampler } from "../sampler.ts";
import { bestCandidate, type Contest } from "./acquisition.ts";
import { drawHyperoptPrior } from "./hyperopt.ts";
import { proposeJointly } from "./joint/multivariate.ts";
import { contestOf, unitOf } from "./models.ts";
import { resolveTpeOptions, type TpeOptions, type TpeSettings } from "./options.ts";
import { type Records, recordsOf } from "./records.ts";
import { SortedColumns } from "./sorted-columns.ts";
import { countBelow } from "./split.ts";
import { bestTogether } from "./together.ts";

/**
 * The tree-structured Parzen estimator.
 *
 * Trials are split into a few good ones and the rest; both sides are modelled, and what is proposed is the one, out of
 * some drawn from the good side, whose density there is largest against the other. The models are over whole
 * configurations, after Watanabe 2023 (arXiv 2304.11127).
 *
 * With `multivariate: false` each dimension is modelled by itself, with Hyperopt's arithmetic. It departs from Hyperopt
 * where that goes wrong, unless `hyperopt: true`: pending trials are no start-up trials and count among the bad ones,
 * as do failed ones and NaN losses; quantized values stay inside their bounds and have their fair mass; a truncated
 * logarithm is normalised; a score of NaN never wins; no configuration comes twice, and a finite space ends when it is
 * exhausted.
 *
 * @source Bergstra et al. 2011, "Algorithms for hyper-parameter optimization" (NeurIPS 24), section 4
 * @throws ParzenError OPTION_INVALID
 */
export function tpe(options: TpeOptions = {}): Sampler {
  const settings = resolveTpeOptions(options);
  if ("multivariate" in settings) {
    return {
      name: "tpe",
      version: 2,
      options: { ...settings },
      propose: (request) => proposeJointly(request, settings),
    };
  }
  /** Kept between proposals only to save time: they hold what new ones would be filled with. */
  const columnsOf = oncePer((space: CompiledSpace) => {
    const warps = space.dimensions.map(({ distribution }) => unitOf(distribution, settings));
    return new SortedColumns(space, warps);
  });
  return {
    name: "tpe",
    version: 1,
    options: settings,
    propose: (request) => propose(request, settings, columnsOf(request.space)),
  };
}

function propose(request: ProposalRequest, settings: TpeSettings, columns: SortedColumns): Proposal {
  const { space } = request;
  const records = recordsOf(request, settings.hyperopt);
  const finished = settings.hyperopt ? records.losses.length : request.observations.length;
  const contestAt = finished < settings.startup ? null : guided(settings, { records, columns });
  const pick = (dimension: Dimension, index: number): number =>
    contestAt === null
      ? startup(dimension.distribution, request, settings)
      : bestCandidate(contestAt(dimension, index), request.rng);
  const draw = (): Assignment => {
    const drawn = assign(space, (dimension, index) => nearestValue(dimension.distribution, pick(dimension, index)));
    if (contestAt === null || request.isAllowed(drawn)) return drawn;
    return bestTogether(request, contestAt, settings.candidates) ?? drawn;
  };
  return proposeNew(request, draw, settings.hyperopt);
}

function startup(distribution: Distribution, { rng }: ProposalRequest, settings: TpeSettings): number {
  return settings.hyperopt ? drawHyperoptPrior(distribution, rng) : drawPrior(distribution, rng);
}

/** Both models of each dimension, made when they are first asked for. */
function guided(
  settings: TpeSettings,
  { records, columns }: { readonly records: Records; readonly columns: SortedColumns },
): (dimension: Dimension, index: number) => Contest {
  columns.update(records.assignments);
  const sides = columns.part(goodTrials(records, settings));
  const contests = new Map<number, Contest>();
  return ({ distribution }, index) => {
    let contest = contests.get(index);
    if (contest === undefined) {
      contest = contestOf(distribution, sides(index), settings);
      contests.set(index, contest);
    }
    return contest;
  };
}

/** Trials without a finite loss are never good, except where Hyperopt would have them so. */
function goodTrials({ losses }: Records, settings: TpeSettings): readonly number[] {
  const best = lowest(losses, countBelow(losses.length, settings.gamma));
  return settings.hyperopt ? best : best.filter((trial) => (losses[trial] ?? 0) < Number.POSITIVE_INFINITY);
}
