import type { CompiledSpace } from "./compile.ts";
import { isObject, memberOf } from "./object.ts";
import type { ChoiceTemplate, Template } from "./template.ts";

/**
 * Params of an older space with what they lack taken from those of the newer one. Inside a choice nothing is taken from
 * another option.
 *
 * @param space the newer one
 * @param defaults params of it
 * @returns params that may still be none of the space
 */
export function filledParams(space: CompiledSpace, params: unknown, defaults: unknown): unknown {
  return fill(space.template, params, defaults);
}

function fill(template: Template, given: unknown, fallback: unknown): unknown {
  if (given === undefined) return fallback;
  switch (template.kind) {
    case "literal":
    case "number":
      return given;
    case "choice": {
      const option = optionOf(template, given);
      return option === null
        ? given
        : fill(option, given, optionOf(template, fallback) === option ? fallback : undefined);
    }
    case "array":
      if (!Array.isArray(given)) return given;
      return template.items.map((item, index) => fill(item, given[index], memberOf(fallback, String(index))));
    case "object": {
      if (!isObject(given)) return given;
      const filled: Record<string, unknown> = { ...given };
      for (const [key, entry] of template.entries) {
        const value = fill(entry, memberOf(given, key), memberOf(fallback, key));
        if (value !== undefined) filled[key] = value;
      }
      return filled;
    }
  }
}

/** The option whose tag params carry; null where options have none. */
function optionOf({ tag, branches, options }: ChoiceTemplate, given: unknown): Template | null {
  return tag === null ? null : (options[branches.indexOf(String(memberOf(given, tag)))] ?? null);
}
