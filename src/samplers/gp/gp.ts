import type { Sampler, Situation } from "../sampler.ts";
import { Ensemble } from "./ensemble.ts";
import { type GpOptions, resolveGpOptions } from "./options.ts";

/**
 * A Gaussian process over mixed and conditional spaces, with the multivariate TPE beside it.
 *
 * After a start-up design, a model of the losses is made of all trials, at most 300, and the configuration is sought
 * that it finds most promising. Two views of the losses take turns, and three ideas of what is promising are drawn from;
 * after 50 trials, one proposal in twenty comes from TPE. What one gets stuck on, another passes.
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
    version: 10,
    options: settings,
    propose: (request) => ensemble.propose(request, { ...settings, tpeShare: tpeShareOf(request) }),
  };
}

/**
 * Of the proposals, what TPE makes, and the finished trials from which on: before, it knows less than the model. Measured:
 * docs/search-experiments.md.
 */
const TPE_SHARE = 0.05;
const TPE_FROM = 50;

/** The share of the proposals that TPE makes beside a model that is trusted. */
export function tpeShareOf({ observations }: Situation): number {
  return observations.length < TPE_FROM ? 0 : TPE_SHARE;
}
