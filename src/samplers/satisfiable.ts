import { ParzenError } from "../errors.ts";
import type { Rng } from "../random/stream.ts";
import type { Assignment } from "../space/assignment.ts";
import type { CompiledSpace } from "../space/compile.ts";
import { countConfigurations } from "../space/configurations.ts";
import type { Relation } from "../space/relation/relation.ts";
import { brokenRelation } from "../space/relation/where.ts";
import { Walk } from "../space/walk.ts";
import { LAST_DRAWS, LAST_STEPS } from "./novelty.ts";
import { drawConfiguration } from "./prior.ts";

/**
 * Looks for a configuration that satisfies all relations, as far as a proposal would: among all of a finite space, unless it
 * is vast, else among draws.
 *
 * @throws ParzenError OPTION_INVALID where there is none, with how many satisfy each relation
 */
export function checkSatisfiable(space: CompiledSpace, relations: readonly Relation[], rng: Rng): void {
  if (relations.length === 0) return;
  const size = countConfigurations(space);
  const isAll = size <= LAST_STEPS;
  const looks = isAll ? size : LAST_DRAWS;
  const satisfied = relations.map(() => 0);
  const first = drawConfiguration(space, rng);
  const next = isAll ? walkFrom(space, first) : () => drawConfiguration(space, rng);
  let assignment = first;
  for (let look = 0; look < looks; look++) {
    if (brokenRelation(relations, assignment) === null) return;
    for (const [index, relation] of relations.entries()) {
      if (relation.holds(assignment)) satisfied[index] = (satisfied[index] ?? 0) + 1;
    }
    assignment = next();
  }
  throw unsatisfiable(relations, { looks, isAll, satisfied });
}

function walkFrom(space: CompiledSpace, first: Assignment): () => Assignment {
  const walk = new Walk(space, first);
  return () => {
    walk.step();
    return walk.at;
  };
}

interface Looked {
  readonly looks: number;
  /** Whether these are all that the space has. */
  readonly isAll: boolean;
  /** By relation. */
  readonly satisfied: readonly number[];
}

function unsatisfiable(relations: readonly Relation[], { looks, isAll, satisfied }: Looked): ParzenError {
  const amount = looks.toLocaleString("en");
  const seen = isAll ? `the ${amount} configurations of the space` : `${amount} configurations drawn from the space`;
  const [only, ...others] = relations.map(({ text }, index) => {
    const count = satisfied[index] ?? 0;
    return relations.length === 1 ? text : `${text} (${count === 0 ? "none" : count.toLocaleString("en")})`;
  });
  const what = others.length === 0 ? only : `all of ${[only, ...others].join(", ")}`;
  const range = isAll ? "" : " Between real-valued params write a range instead of an equality.";
  return new ParzenError("OPTION_INVALID", `where: none of ${seen} satisfies ${what}`, {
    hint: `Widen what is required, or narrow the space itself to what is wanted.${range}`,
  });
}
