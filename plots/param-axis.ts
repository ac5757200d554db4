import type { Assignment } from "../src/space/assignment.ts";
import type { CompiledSpace, Dimension } from "../src/space/compile.ts";
import { isLogarithmic, isOrdered } from "../src/space/distribution.ts";
import type { ChoiceTemplate, Template } from "../src/space/template.ts";
import { areLogarithmic } from "./drawable.ts";

/** How the values of one param are drawn. */
export interface ParamAxis {
  /** Its path. */
  readonly path: string;
  /** Names of the options of a choice, by index; null for numbers. */
  readonly labels: readonly string[] | null;
  readonly isLog: boolean;
  /** Whether values are whole numbers. */
  readonly isWhole: boolean;
}

/** One for each dimension of the space. */
export function paramAxes(space: CompiledSpace, assignments: readonly Assignment[]): readonly ParamAxis[] {
  const choices = new Map(choicesOf(space.template).map((choice) => [choice.dimension, choice]));
  return space.dimensions.map((dimension, index) => {
    const choice = choices.get(index);
    const labels = choice === undefined ? null : choice.options.map((_, option) => labelOf(choice, option));
    const { kind } = dimension.distribution;
    const isWhole = kind === "uniformint" || kind === "randint";
    return { path: dimension.path, labels, isWhole, isLog: isLog(dimension, assignments) };
  });
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
