import { SpaceError } from "../errors.ts";
import type { CompiledSpace } from "./compile.ts";
import type { Distribution } from "./distribution.ts";

/** So many multiples of q from 0 on are doubles of their own; what lies beyond is taken for the last of them. */
const MOST_MULTIPLES = Number.MAX_SAFE_INTEGER;

/** The logarithm of the largest double. A draw beyond it is taken for that one, as is one below the least for the least. */
const MOST_LOGARITHM = Math.log(Number.MAX_VALUE);

/**
 * Refuses a normal whose draws would nearly all be one or two values. For a space that is new: a stored study
 * goes on with whatever it was begun with.
 *
 * @throws SpaceError
 */
export function checkToldApart(space: CompiledSpace): void {
  for (const { path, distribution } of space.dimensions) {
    const expected = expectedOf(distribution);
    if (expected === null || !("mu" in distribution)) continue;
    const { kind, ...moments } = distribution;
    const hint = "q" in moments ? "Take a larger q." : "mu and sigma are of the natural logarithm.";
    throw new SpaceError(path, `${kind} ${expected}`, Object.values(moments), hint);
  }
}

/** Null where draws are told apart. */
function expectedOf(distribution: Distribution): string | null {
  if (distribution.kind === "qnormal") {
    const { mu, sigma, q } = distribution;
    return Math.abs(mu / q) <= MOST_MULTIPLES && sigma / q <= MOST_MULTIPLES
      ? null
      : "mu and sigma of at most 9e15 times q";
  }
  if (distribution.kind === "qlognormal") {
    const { mu, q } = distribution;
    return mu - Math.log(q) <= Math.log(MOST_MULTIPLES) ? null : "mu of which e^mu is at most 9e15 times q";
  }
  if (distribution.kind === "lognormal") {
    const { mu, sigma } = distribution;
    const isHeld = Math.abs(mu) <= MOST_LOGARITHM && sigma <= MOST_LOGARITHM;
    return isHeld ? null : "mu from -709 to 709 and sigma up to 709, as e^709 is about the largest number";
  }
  return null;
}
