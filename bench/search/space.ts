import { hp, type RootSpace, type Space } from "parzen";
import type { Config, Param, Value } from "./task.ts";

/** The key that holds a category where parameters depend on it. */
export const TAG = "is";

/**
 * A task's parameters as a space of parzen. A category on which others depend becomes a choice of objects that hold
 * them; one that depends on several categories is a dimension of its own under each.
 */
export function spaceOf(params: readonly Param[]): RootSpace {
  const childrenOf = (parent: string | null, value?: Value): readonly Param[] =>
    params.filter(({ when }) =>
      when === undefined ? parent === null : when.param === parent && value !== undefined && when.in.includes(value),
    );
  const objectOf = (children: readonly Param[]): Record<string, Space> =>
    Object.fromEntries(children.map((child) => [child.name, nodeOf(child)]));
  const nodeOf = (param: Param): Space => {
    if (param.type !== "cat") return numberNode(param);
    const options = param.choices.map((value) => ({ value, children: childrenOf(param.name, value) }));
    if (options.every(({ children }) => children.length === 0)) return choice(param.choices);
    return choice(options.map(({ value, children }) => ({ [TAG]: value, ...objectOf(children) })));
  };
  return objectOf(childrenOf(null));
}

function numberNode({ type, low, high, log = false }: Exclude<Param, { type: "cat" }>): Space {
  if (type === "float") return log ? hp.loguniform(low, high) : hp.uniform(low, high);
  return log ? hp.qloguniform(low, high, 1) : hp.uniformint(low, high);
}

function choice(options: readonly Space[]): Space {
  const [first, ...rest] = options;
  if (first === undefined) throw new Error("a category needs a choice");
  return hp.choice([first, ...rest]);
}

/** The active parameters of a task, from params of its space. */
export function configOf(params: object): Config {
  return Object.fromEntries(Object.entries(params).flatMap(([name, value]) => flatten(name, value)));
}

function flatten(name: string, value: unknown): readonly (readonly [string, Value])[] {
  if (typeof value !== "object" || value === null) return [[name, value as Value]]; // literals and numbers are values
  return Object.entries(value).flatMap(([key, inner]) => flatten(key === TAG ? name : key, inner));
}
