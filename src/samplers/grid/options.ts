import { integerBetween, type OptionRule, resolveOptions } from "../../trial/strategy-options.ts";

/** How many values a grid has along its dimensions. */
export type GridSteps = number | { readonly [path: string]: number };

/** Options of {@link grid}. */
export interface GridOptions {
  /**
   * Values of each dimension that has endlessly many, from 1 to 1,000,000; evenly spaced, in the logarithm for log kinds,
   * ends included. By path of a dimension, for integers and multiples too: then those that are not named keep the
   * default. Default 10.
   */
  readonly steps?: GridSteps;
}

/** Options with every default filled in. */
export type GridSettings = { readonly steps: GridSteps };

const DEFAULT_STEPS = 10;

/** The values of a dimension are written out. */
const MOST_STEPS = 1_000_000;

const count = integerBetween(1, MOST_STEPS, DEFAULT_STEPS);

const steps: OptionRule<GridSteps> = {
  default: DEFAULT_STEPS,
  expected: `${count.expected}, or one for each of some paths`,
  accepts: (value): value is GridSteps =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.values(value).every((each) => count.accepts(each))
      : count.accepts(value),
};

/** @throws ParzenError OPTION_INVALID */
export function resolveGridOptions(options: GridOptions): GridSettings {
  return resolveOptions("grid", { steps }, options);
}

/** The steps of one dimension, and whether they were given for it by its path. */
export function stepsAt({ steps }: GridSettings, path: string): { readonly count: number; readonly named: boolean } {
  if (typeof steps === "number") return { count: steps, named: false };
  const named = Object.hasOwn(steps, path);
  return { count: (named ? steps[path] : undefined) ?? DEFAULT_STEPS, named };
}
