import type { Assignment } from "../src/space/assignment.ts";
import type { CompiledSpace, Dimension } from "../src/space/compile.ts";
import { type Distribution, isLogarithmic, isOrdered } from "../src/space/distribution.ts";
import type { ChoiceTemplate, Template } from "../src/space/template.ts";
import { areLogarithmic, drawable } from "./drawable.ts";
import type { Option } from "./figure.ts";

/** How the values of one param are drawn. */
export interface ParamAxis {
  /** Its path. */
  readonly path: string;
  /** Names of the options of a choice, by index; null for numbers. */
  readonly labels: readonly string[] | null;
  /** What the charting library takes for an axis of its numbers: as long as the space, where that has bounds. */
  readonly scale: Option;
}

/** One for each dimension of the space. */
export function paramAxes(space: CompiledSpace, assignments: readonly Assignment[]): readonly ParamAxis[] {
  const choices = new Map(choicesOf(space.template).map((choice) => [choice.dimension, choice]));
  return space.dimensions.map((dimension, index) => {
    const choice = choices.get(index);
    const labels = choice === undefined ? null : choice.options.map((_, option) => labelOf(choice, option));
    return { path: dimension.path, labels, scale: scaleOf(dimension, assignments) };
  });
}

function scaleOf(dimension: Dimension, assignments: readonly Assignment[]): Option {
  const { kind } = dimension.distribution;
  const whole = kind === "uniformint" || kind === "randint" ? { minInterval: 1 } : {};
  const type = isLog(dimension, assignments) ? "log" : "value";
  return { type, scale: true, ...whole, ...boundsOf(dimension.distribution) };
}

/** Nothing where there are no bounds, or none that can be told apart when drawn. */
function boundsOf(distribution: Distribution): Option {
  const [low, high] = boundsIn(distribution);
  const [min, max] = [drawable(low), drawable(high)];
  return min < max ? { min, max } : {};
}

function boundsIn(distribution: Distribution): readonly [number, number] {
  if ("high" in distribution) return [distribution.low, distribution.high];
  return distribution.kind === "randint" ? [distribution.low, distribution.upper - 1] : [0, 0];
}

/** A grid of logarithmic kind may hold 0, which has no logarithm. */
function isLog({ path, distribution }: Dimension, assignments: readonly Assignment[]): boolean {
  if (!isOrdered(distribution) || !isLogarithmic(distribution)) return false;
  return areLogarithmic(assignments.flatMap((assignment) => assignment[path] ?? []));
}

function choicesOf(template: Template): readonly ChoiceTemplate[] {
  switch (template.kind) {
    case "literal":
    case "number":
      return [];
    case "choice":
      return [template, ...template.options.flatMap(choicesOf)];
    case "array":
      return template.items.flatMap(choicesOf);
    case "object":
      return template.entries.flatMap(([, entry]) => choicesOf(entry));
  }
}

function labelOf(choice: ChoiceTemplate, option: number): string {
  const template = choice.options[option];
  return template?.kind === "literal" ? String(template.value) : (choice.branches[option] ?? String(option));
}
