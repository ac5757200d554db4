import { didYouMean } from "../errors.ts";
import { isObject } from "../space/object.ts";
import { countFrom, isCount, isText, type OptionLaw } from "./option-check.ts";

/** A budget that a trial may be given less of: epochs, percent of the data. Whole units; `min < max`. */
export interface Fidelity {
  /** What is counted, e.g. `epochs`. */
  readonly name: string;
  /** The least budget whose result says anything. */
  readonly min: number;
  /** The whole budget: what a trial has when nothing stops it. */
  readonly max: number;
  /** How many times as much each rung is as the one before. */
  readonly eta: number;
}

/** A fidelity as it is given. */
export interface FidelityOptions extends Omit<Fidelity, "eta" | "min"> {
  /** Default: a fifth of max, rounded down; with eta 4 there are two rungs then. */
  readonly min?: number;
  /** Default 4. */
  readonly eta?: number;
}

/** How many times as much each rung is, where nothing is said. @source Li et al. 2020 (MLSys 2) use 4; docs/pruning.md */
export const ETA = 4;

/** What a trial needs at least, of a whole budget, where nothing is said. @source measured: docs/search-experiments.md */
export function leastOf(max: number): number {
  return Math.max(1, Math.floor(max / 5));
}

/** The budgets at which trials are compared, in ascending order: `min`, `min * eta`, ... below `max`. */
export function rungsOf({ min, max, eta }: Omit<Fidelity, "name">): readonly number[] {
  const rungs: number[] = [];
  for (let rung = min; rung < max; rung *= eta) rungs.push(rung);
  return rungs;
}

/** What is wrong with a fidelity. */
export interface FidelityFault {
  /** The key that is wrong; null where the whole is. */
  readonly key: string | null;
  readonly expected: string;
  /** Absent where `expected` is a whole sentence. */
  readonly received?: unknown;
}

const LAWS: { readonly [K in keyof Fidelity]: OptionLaw } = {
  name: { expected: "what is counted, e.g. epochs", accepts: isText },
  min: countFrom(1),
  max: countFrom(2),
  eta: countFrom(2),
};

/** A fidelity with its defaults filled in, undefined being left out, or the first thing that is wrong with it. */
export function readFidelity(given: unknown): { readonly fidelity: Fidelity } | { readonly fault: FidelityFault } {
  if (!isObject(given)) return { fault: { key: null, expected: "{ name, min, max, eta }", received: given } };
  const names = Object.keys(LAWS);
  const stray = Object.keys(given).find((key) => !names.includes(key));
  if (stray !== undefined) return { fault: { key: stray, expected: `unknown key${didYouMean(stray, names)}` } };
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { max: end } = named as Partial<Fidelity>; // checked below
  const whole = { min: isCount(1)(end) ? leastOf(end ?? 1) : 1, eta: ETA, ...named } as Fidelity; // checked key by key
  for (const [key, { expected, accepts }] of Object.entries(LAWS)) {
    const received = whole[key as keyof Fidelity]; // the keys are those of a fidelity
    if (!accepts(received)) return { fault: { key, expected, received } };
  }
  const { name, min, max, eta } = whole;
  if (min >= max) return { fault: { key: "min", expected: `less than max, ${max}`, received: min } };
  return { fidelity: { name, min, max, eta } };
}
