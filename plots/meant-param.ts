import { didYouMean, ParzenError } from "../src/errors.ts";
import type { CompiledSpace } from "../src/space/compile.ts";
import { dimensionsNamed } from "../src/space/places.ts";

/**
 * The path of the one param that a name means; see `dimensionsNamed`.
 *
 * @throws OPTION_INVALID where no param has the name, or several
 */
export function meantParam(space: CompiledSpace, name: string): string {
  const paths = space.dimensions.map(({ path }) => path);
  if (paths.includes(name)) return name;
  const meant = dimensionsNamed(space, name).flatMap((index) => paths[index] ?? []);
  if (meant.length > 1) throw invalid(`"${name}" may be ${meant.join(" or ")}`, "Name one of them in full.");
  const [only] = meant;
  if (only !== undefined) return only;
  throw invalid(`the space has no param "${name}"${didYouMean(name, paths)}`, `Params: ${paths.join(", ")}`);
}

/** The error of a plot's options. */
export function invalid(what: string, hint?: string): ParzenError {
  return new ParzenError("OPTION_INVALID", `plot: ${what}`, hint === undefined ? {} : { hint });
}
