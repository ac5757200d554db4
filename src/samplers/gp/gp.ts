import type { Sampler } from "../sampler.ts";
import { Ensemble } from "./ensemble.ts";
import { type GpOptions, resolveGpOptions } from "./options.ts";

/**
 * A Gaussian process over mixed and conditional spaces, with the multivariate TPE beside it.
 *
 * After a start-up design, a model of the losses is made of all trials, at most 300, and the configuration is sought
 * that it finds most promising. Two views of the losses take turns, and three ideas of what is promising are drawn from;
 * one proposal in twenty comes from TPE. What one gets stuck on, another passes.
 *
 * Fitted hyperparameters are kept in the memo, so that most proposals need no fit.
 *
 * @source Snoek, Larochelle and Adams 2012, "Practical Bayesian optimization of machine learning algorithms" (NeurIPS
 * 25); the ensemble of acquisitions: Cowen-Rivers et al. 2022, "HEBO" (JAIR 74)
 * @throws ParzenError OPTION_INVALID
 */
export function gp(options: GpOptions = {}): Sampler {
  const settings = resolveGpOptions(options);
  const ensemble = new Ensemble();
  return {
    name: "gp",
    version: 5,
    options: settings,
    propose: (request) => ensemble.propose(request, { ...settings, tpeShare: TPE_SHARE }),
  };
}

/** Of the proposals, what TPE makes. */
export const TPE_SHARE = 0.05;
