import { didYouMean, ParzenError } from "../src/errors.ts";
import type { CompiledSpace } from "../src/space/compile.ts";
import type { Template } from "../src/space/template.ts";

/**
 * The path of the one param that a name means: its path, or what is left of that without the names of branches or what
 * comes first, as `optimizer.momentum` and `momentum` are of `optimizer.sgd.momentum`. `optimizer.type` means the choice.
 *
 * @throws OPTION_INVALID where no param has the name, or several
 */
export function meantParam(space: CompiledSpace, name: string): string {
  const paths = space.dimensions.map(({ path }) => path);
  if (paths.includes(name)) return name;
  const tags = new Map(tagsOf(space.template));
  const tagged = space.dimensions.flatMap(({ path }, index) => {
    const tag = tags.get(index);
    return tag === undefined ? [] : [{ path, name: `${path}.${tag}` }];
  });
  const names = [...paths.map((path) => ({ path, name: path })), ...tagged];
  const short = names.filter((each) => isShortOf(name.split("."), each.name.split(".")));
  const meant = [...new Set(short.map(({ path }) => path))];
  if (meant.length > 1) throw invalid(`"${name}" may be ${meant.join(" or ")}`, "Name one of them in full.");
  const [only] = meant;
  if (only !== undefined) return only;
  throw invalid(`the space has no param "${name}"${didYouMean(name, paths)}`, `Params: ${paths.join(", ")}`);
}

/** Whether keys are some of a path's, in their order, the last among them. */
function isShortOf(keys: readonly string[], path: readonly string[]): boolean {
  if (keys.at(-1) !== path.at(-1)) return false;
  let at = -1;
  return keys.every((key) => {
    at = path.indexOf(key, at + 1);
    return at >= 0;
  });
}

/** The key that tells the options of a choice apart, by the index of its dimension. */
function tagsOf(template: Template): readonly (readonly [dimension: number, tag: string])[] {
  switch (template.kind) {
    case "literal":
    case "number":
      return [];
    case "array":
      return template.items.flatMap(tagsOf);
    case "object":
      return template.entries.flatMap(([, entry]) => tagsOf(entry));
    case "choice": {
      const { dimension, tag, options } = template;
      return [...(tag === null ? [] : [[dimension, tag] as const]), ...options.flatMap(tagsOf)];
    }
  }
}

/** The error of a plot's options. */
export function invalid(what: string, hint?: string): ParzenError {
  return new ParzenError("OPTION_INVALID", `plot: ${what}`, hint === undefined ? {} : { hint });
}
