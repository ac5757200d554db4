import { didYouMean, ParzenError, show } from "../errors.ts";
import type { Assignment } from "../space/assignment.ts";
import type { CompiledSpace } from "../space/compile.ts";
import { flatten } from "../space/flatten.ts";
import { commandNames, type Named } from "./command-names.ts";

/** The element of a command that stands for `--path=value` of every active param. */
const ALL = "{args}";

/** What stands for the trial's budget. */
const FIDELITY = "fidelity";

/**
 * The program and its arguments for one trial; no shell ever sees them.
 *
 * - `{lr}` inside an element is replaced by that param's value, named by its path in the params
 *   (`{optimizer.momentum}`) or by that of its dimension (`{optimizer.sgd.momentum}`). `{optimizer}` is the literal or
 *   the name of the branch that was chosen.
 * - `{args}` as a whole element becomes `--path=value` for every active param.
 * - `{fidelity}` is the trial's budget, unless a param has that name.
 * - An element that names an inactive param is dropped, and only that element: write `--momentum={m}`, not two.
 * - `{{` and `}}` are literal braces.
 *
 * @throws ParamsError where the assignment does not belong to the space
 */
export function expandCommand(
  argv: readonly string[],
  space: CompiledSpace,
  { assignment, fidelity = null }: { readonly assignment: Assignment; readonly fidelity?: number | null },
): readonly string[] {
  const budget: readonly Named[] = fidelity === null ? [] : [[FIDELITY, String(fidelity)]];
  const values = new Map([...budget, ...commandNames(space, assignment)]);
  return argv.flatMap((element) => {
    if (element === ALL) return flatten(space, assignment).map(([path, value]) => `--${path}=${value}`);
    const parts = split(element).map((part) => ("name" in part ? values.get(part.name) : part.literal));
    return parts.includes(undefined) ? [] : [parts.join("")];
  });
}

/**
 * Checks a command against its space, before anything runs.
 *
 * @throws ParzenError with code SWEEP_INVALID for an empty command, an unknown name or a brace without its partner
 */
export function checkCommand(
  argv: readonly string[],
  space: CompiledSpace,
  { hasFidelity = false }: { readonly hasFidelity?: boolean } = {},
): void {
  const program = argv[0];
  if (program === undefined || program === "" || split(program).some((part) => "name" in part)) {
    throw invalid(`command: expected a fixed program and then its arguments, received ${show(argv)}`);
  }
  const known = [...commandNames(space, null).map(([name]) => name), ...(hasFidelity ? [FIDELITY] : [])];
  for (const element of argv) {
    if (element === ALL) continue;
    for (const part of split(element)) {
      if (!("name" in part) || known.includes(part.name)) continue;
      const near = element === `{${part.name}}` ? [...known, "args"] : known;
      throw invalid(`command: {${part.name}} in ${show(element)} is no param of the space${meant(part.name, near)}`);
    }
  }
}

function meant(name: string, known: readonly string[]): string {
  if (name === FIDELITY) return "; the sweep names no fidelity";
  return name === "args" ? "; {args} must be an element of its own" : didYouMean(name, known);
}

function invalid(message: string): ParzenError {
  return new ParzenError("SWEEP_INVALID", message, { hint: "Double a brace that is meant literally: {{ and }}." });
}

type Part = { readonly literal: string } | { readonly name: string };

const BRACES = /\{\{|\}\}|\{([^{}]*)\}|\{/g;

/** An element as literal text and names, doubled braces undone. @throws ParzenError for a brace that is never closed */
function split(element: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of element.matchAll(BRACES)) {
    parts.push({ literal: element.slice(end, match.index) });
    end = match.index + match[0].length;
    if (match[1] !== undefined) parts.push({ name: match[1] });
    else if (match[0] === "{") throw invalid(`command: a brace is never closed in ${show(element)}`);
    else parts.push({ literal: match[0].charAt(0) });
  }
  return [...parts, { literal: element.slice(end) }];
}
