import { ParamsError, ParzenError, SpaceError } from "../errors.ts";
import type { Assignment } from "../space/assignment.ts";
import { type CompiledSpace, compileSpace } from "../space/compile.ts";
import { encode } from "../space/encode.ts";
import { type Relation, relationOf } from "../space/relation/relation.ts";
import { RelationError } from "../space/relation/relation-error.ts";
import { checkRelations } from "../space/relation/where.ts";
import { checkCommand } from "../trial/command-line.ts";
import { sharedVariable, variableOf } from "../trial/command-variables.ts";
import type { Fidelity } from "../trial/fidelity.ts";
import { fail, type SweepSource } from "./source.ts";
import { keysOfPath } from "./space-keys.ts";
import { placeInText } from "./text-place.ts";

/** The compiled space of a sweep. @throws SweepError */
export function readSpace(space: unknown, source: SweepSource): CompiledSpace {
  try {
    return compileSpace(space);
  } catch (error) {
    if (!(error instanceof SpaceError)) throw error;
    const { expected, received, hint } = error;
    const path = error.path === "" ? "space" : `space.${error.path}`;
    throw fail(source, ["space", ...keysOfPath(space, error.path)], { path, expected, received, hint, cause: error });
  }
}

/** The relations of a sweep, which a list or a single text holds. @throws SweepError at the character that is wrong */
export function readWhere(where: readonly string[], space: CompiledSpace, source: SweepSource): readonly Relation[] {
  return where.map((text, index) => {
    try {
      return relationOf(space, text);
    } catch (error) {
      if (!(error instanceof RelationError)) throw error;
      const keys = ["where", String(index)];
      const position = placeInText(source, keys, text, error.at);
      const expected = position === null ? error.message.replace(/^where: /, "") : error.problem;
      const place = position === null ? {} : { position };
      const path = where.length === 1 ? "where" : keys.join(".");
      throw fail(source, keys, { path, expected, hint: error.hint, cause: error, ...place });
    }
  });
}

/** What `defaults` must be. */
interface Searched {
  readonly space: CompiledSpace;
  readonly relations: readonly Relation[];
}

/** The assignment of a sweep's `defaults`. @throws SweepError */
export function readDefaults(defaults: unknown, { space, relations }: Searched, source: SweepSource): Assignment {
  try {
    const assignment = encode(space, defaults);
    checkRelations(relations, assignment);
    return assignment;
  } catch (error) {
    if (!(error instanceof ParamsError)) throw error;
    const { expected, received } = error;
    const keys = error.path === "" ? [] : error.path.split(".");
    throw fail(source, ["defaults", ...keys], { expected, received, cause: error });
  }
}

/** Checks the names in a sweep's command, and those of its variables. @throws SweepError */
export function readCommand(
  command: readonly string[],
  sweep: { readonly space: CompiledSpace; readonly fidelity: Fidelity | null },
  source: SweepSource,
): void {
  const { space, fidelity } = sweep;
  const [program = ""] = command;
  for (const [index, element] of command.entries()) {
    try {
      checkCommand(index === 0 ? [program] : [program, element], space, { hasFidelity: fidelity !== null });
    } catch (error) {
      if (!(error instanceof ParzenError)) throw error;
      const expected = error.message.replace(/^command: /, "");
      throw fail(source, ["command", String(index)], { expected, hint: error.hint, cause: error });
    }
  }
  const shared = sharedVariable(space);
  if (shared === null) return;
  const [one, other] = shared;
  throw fail(source, ["space", ...keysOfPath(space.source, other)], {
    path: "space",
    expected: `${one} and ${other} would be the same variable of the command, ${variableOf(other)}`,
    hint: "Rename one of them.",
  });
}
