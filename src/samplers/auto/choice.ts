import type { CompiledSpace } from "../../space/compile.ts";
import { countValues } from "../../space/configurations.ts";
import { type Distribution, isOrdered } from "../../space/distribution.ts";
import type { EnsembleSettings } from "../gp/ensemble.ts";
import { tpeShareOf } from "../gp/gp.ts";
import type { Situation } from "../sampler.ts";
import { mostActive } from "./most-active.ts";

/** What proposes, and why. The text changes only with the choice. */
export type Choice =
  | (EnsembleSettings & { readonly kind: "gp"; readonly why: string })
  | { readonly kind: "tpe"; readonly why: string };

/** Trials of the start-up design: unordered params take more of them, so that each category is tried. */
export const STARTUP = 10;
const STARTUP_ORDERED = 7;

/** Params active at once, and in all, up to which a proposal takes a few hundredths of a second. */
const MOST_ACTIVE = 100;
const MOST_PARAMS = 150;

/** Trials up to which a Gaussian process learns from all of them, and up to which it is worth its time. */
const ALL_TRIALS = 300;
const MOST_TRIALS = 1000;

/** Trials in flight beyond which all that a model says is its own guesses. */
const MOST_IN_FLIGHT = 256;

/** Categories of a choice that there are never enough trials to tell apart by which one differs. */
const MANY_CATEGORIES = 12;

/** Shares of TPE where the Gaussian process is the less to be trusted. */
const SHARE_BEYOND_ALL = 0.4;
const SHARE_OF_CATEGORIES = 0.5;

/** Chooses between the samplers that learn, by space, history and parallelism. */
export function choose(situation: Situation): Choice {
  const { space, observations, plan } = situation;
  const trials = observations.length;
  const active = mostActive(space);
  if (active > MOST_ACTIVE || space.dimensions.length > MOST_PARAMS) {
    return {
      kind: "tpe",
      why: `${space.dimensions.length} params, more than a Gaussian process is worth its time for`,
    };
  }
  if (trials > MOST_TRIALS) {
    return { kind: "tpe", why: `over ${MOST_TRIALS} trials, more than a Gaussian process is worth its time for` };
  }
  if (plan.parallelism > MOST_IN_FLIGHT) {
    return { kind: "tpe", why: `${plan.parallelism} trials at once, more than a Gaussian process can keep apart` };
  }
  const startup = space.dimensions.every(({ distribution }) => isOrdered(distribution)) ? STARTUP_ORDERED : STARTUP;
  const what = `${active} ${active === 1 ? "param" : "params"} at once`;
  const gp = (tpeShare: number, reason: string): Choice => ({ kind: "gp", startup, tpeShare, why: what + reason });
  if (shareOfLongChoices(space) > 0.6) return gp(SHARE_OF_CATEGORIES, "; half by TPE, as most choices are long");
  if (trials > ALL_TRIALS) {
    return gp(SHARE_BEYOND_ALL, `; two fifths by TPE, which learns from all of over ${ALL_TRIALS} trials`);
  }
  return gp(tpeShareOf(situation), "");
}

function shareOfLongChoices({ dimensions }: CompiledSpace): number {
  const long = dimensions.filter(({ distribution }) => !isOrdered(distribution) && isLong(distribution));
  return long.length / dimensions.length;
}

function isLong(distribution: Distribution): boolean {
  return countValues(distribution) > MANY_CATEGORIES;
}
