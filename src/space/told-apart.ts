import { SpaceError } from "../errors.ts";
import type { CompiledSpace } from "./compile.ts";
import type { Distribution } from "./distribution.ts";

/** So many multiples of q from 0 on are doubles of their own; what lies beyond is taken for the last of them. */
const MOST_MULTIPLES = Number.MAX_SAFE_INTEGER;

/**
 * Refuses a quantized normal whose draws would nearly all be one or two values. For a space that is new: a stored study
 * goes on with whatever it was begun with.
 *
 * @throws SpaceError
 */
export function checkToldApart(space: CompiledSpace): void {
  for (const { path, distribution } of space.dimensions) {
    const expected = expectedOf(distribution);
    if (expected === null || !("mu" in distribution)) continue;
    const { kind, ...moments } = distribution;
    throw new SpaceError(path, `${kind} ${expected}`, Object.values(moments), "Take a larger q.");
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
  return null;
}
