import type { Assignment } from "../../space/assignment.ts";
import type { CompiledSpace, Condition, Dimension } from "../../space/compile.ts";
import type { Template } from "../../space/template.ts";
import type { Observation } from "../../trial/observation.ts";
import { oncePer } from "../once.ts";
import { assign } from "../prior.ts";
import { allowsAll, type PendingProposal, type ProposalRequest } from "../sampler.ts";
import { ReducedResults } from "./reduced-results.ts";

/** What is left of a space when some of its dimensions are fixed, and the way there and back. */
export interface FreeSpace {
  /** The dimensions that are free; below a fixed choice only those of its option. Paths are as in the whole space. */
  readonly space: CompiledSpace;
  /** An assignment of the free dimensions with the fixed ones added. */
  complete(free: Assignment): Assignment;
  /** What relations say of the free dimensions; the same function for the same one. */
  allowing(isAllowed: IsAllowed): IsAllowed;
  /** The trials that have the fixed values, without them. The same object for the same observation; see `ProposalRequest`. */
  observed(observations: readonly Observation[]): readonly Observation[];
  /** The same for trials under way. */
  pending(pending: readonly PendingProposal[]): readonly PendingProposal[];
}

type IsAllowed = ProposalRequest["isAllowed"];

/** @param fixed by index of the dimension */
export function freeSpace(whole: CompiledSpace, fixed: ReadonlyMap<number, number>): FreeSpace {
  const { dimensions, indices } = freeDimensions(whole, fixed);
  const free = new Set(dimensions.map(({ path }) => path));
  const held = [...fixed].flatMap(([index, value]): [string, number][] => {
    const path = whole.dimensions[index]?.path;
    return path === undefined ? [] : [[path, value]];
  });
  const reduce = (assignment: Assignment): Assignment | null => {
    if (held.some(([path, value]) => (assignment[path] ?? value) !== value)) return null;
    return Object.fromEntries(Object.entries(assignment).filter(([path]) => free.has(path)));
  };
  const complete = (assignment: Assignment): Assignment =>
    assign(whole, ({ path }, index) => fixed.get(index) ?? assignment[path] ?? Number.NaN);
  const results = new ReducedResults((observation) => withAssignment(observation, reduce));
  return {
    space: Object.freeze({
      source: whole.source,
      template: freeTemplate(whole.template, { fixed, indices }),
      dimensions,
    }),
    complete,
    allowing: allowingOf(complete),
    observed: (observations) => results.of(observations),
    pending: (pending) => pending.map((each) => withAssignment(each, reduce)).filter((each) => each !== null),
  };
}

function allowingOf(complete: FreeSpace["complete"]): FreeSpace["allowing"] {
  const allowing = oncePer(
    (isAllowed: IsAllowed): IsAllowed =>
      (assignment) =>
        isAllowed(complete(assignment)),
  );
  return (isAllowed) => (isAllowed === allowsAll ? allowsAll : allowing(isAllowed));
}

function withAssignment<T extends { readonly assignment: Assignment }>(
  of: T,
  reduce: (assignment: Assignment) => Assignment | null,
): T | null {
  const assignment = reduce(of.assignment);
  return assignment === null ? null : { ...of, assignment };
}

/** The free dimensions, and by index in the whole space where they now are. */
function freeDimensions(
  { dimensions }: CompiledSpace,
  fixed: ReadonlyMap<number, number>,
): { readonly dimensions: readonly Dimension[]; readonly indices: ReadonlyMap<number, number> } {
  const free: Dimension[] = [];
  const indices = new Map<number, number>();
  /** Undefined for a dimension that the fixed values rule out. */
  const conditions: (Condition | null | undefined)[] = [];
  dimensions.forEach(({ path, distribution, condition }, index) => {
    const now = condition === null ? null : conditionNow(condition, { fixed, indices, conditions });
    conditions.push(now);
    if (now === undefined || fixed.has(index)) return;
    indices.set(index, free.push({ path, distribution, condition: now }) - 1);
  });
  return { dimensions: Object.freeze(free), indices };
}

/** What a dimension hangs on where the choice above it may be fixed, or gone. */
function conditionNow(
  { dimension, option }: Condition,
  above: {
    readonly fixed: ReadonlyMap<number, number>;
    readonly indices: ReadonlyMap<number, number>;
    readonly conditions: readonly (Condition | null | undefined)[];
  },
): Condition | null | undefined {
  const value = above.fixed.get(dimension);
  if (value !== undefined) return value === option ? above.conditions[dimension] : undefined;
  const index = above.indices.get(dimension);
  return index === undefined ? undefined : { dimension: index, option };
}

interface Fixing {
  readonly fixed: ReadonlyMap<number, number>;
  readonly indices: ReadonlyMap<number, number>;
}

/** Fixed numbers become literals, fixed choices their option. */
function freeTemplate(template: Template, fixing: Fixing): Template {
  const inner = (each: Template): Template => freeTemplate(each, fixing);
  switch (template.kind) {
    case "literal":
      return template;
    case "number": {
      const value = fixing.fixed.get(template.dimension);
      if (value !== undefined) return { kind: "literal", value };
      return { kind: "number", dimension: fixing.indices.get(template.dimension) ?? -1 };
    }
    case "choice": {
      const option = template.options[fixing.fixed.get(template.dimension) ?? -1];
      if (option !== undefined) return inner(option);
      const dimension = fixing.indices.get(template.dimension) ?? -1;
      return { ...template, dimension, options: template.options.map(inner) };
    }
    case "array":
      return { kind: "array", items: template.items.map(inner) };
    case "object":
      return { kind: "object", entries: template.entries.map(([key, entry]) => [key, inner(entry)]) };
  }
}
