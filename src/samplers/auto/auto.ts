import { type NoOptions, takesNone } from "../../trial/strategy-options.ts";
import { Ensemble } from "../gp/ensemble.ts";
import type { Sampler } from "../sampler.ts";
import { proposeJointly } from "../tpe/joint/multivariate.ts";
import { resolveMultivariateOptions } from "../tpe/options.ts";
import { choose, STARTUP } from "./choice.ts";

const TPE = resolveMultivariateOptions({ startup: STARTUP });

/**
 * Chooses how to search by space, history and parallelism: the Gaussian process with the multivariate TPE beside it
 * where that pays, TPE alone for spaces of many params and for long histories. It needs no setting; `describe` tells
 * what it chose and why.
 *
 * @throws ParzenError OPTION_INVALID for any option
 */
export function auto(options: NoOptions = {}): Sampler {
  takesNone("auto", options);
  const ensemble = new Ensemble();
  return {
    name: "auto",
    version: 11,
    options: {},
    propose: (request) => {
      const choice = choose(request);
      return choice.kind === "tpe" ? proposeJointly(request, TPE) : ensemble.propose(request, choice);
    },
    describe: (situation) => {
      const { kind, why } = choose(situation);
      return `${kind}: ${why}`;
    },
  };
}
