import { didYouMean } from "../../errors.ts";
import type { Literal } from "../node.ts";

interface NumericFunction {
  /** At least so many arguments; exactly one where it takes one. */
  readonly least: number;
  readonly apply: (...args: readonly number[]) => number;
}

const one = (apply: (argument: number) => number): NumericFunction => ({
  least: 1,
  apply: (argument = Number.NaN) => apply(argument),
});

/** What an expression may call. Logarithms are natural unless their name says otherwise. */
export const FUNCTIONS: { readonly [name: string]: NumericFunction } = {
  min: { least: 2, apply: Math.min },
  max: { least: 2, apply: Math.max },
  abs: one(Math.abs),
  sqrt: one(Math.sqrt),
  exp: one(Math.exp),
  log: one(Math.log),
  log2: one(Math.log2),
  log10: one(Math.log10),
  floor: one(Math.floor),
  ceil: one(Math.ceil),
  round: one(Math.round),
};

/** What is wrong with a call; null where nothing is. */
export function functionFault(name: string, count: number): string | null {
  const called = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (called === undefined) return `there is no function "${name}"${didYouMean(name, Object.keys(FUNCTIONS))}`;
  if (count >= called.least && (called.least > 1 || count === 1)) return null;
  return called.least > 1
    ? `${name} takes two numbers or more, not ${count}`
    : `${name} takes one number, not ${count}`;
}

/** Undefined where an argument is not known or no number. */
export function applyFunction(name: string, args: readonly (Literal | undefined)[]): number | undefined {
  const numbers = args.filter((argument) => typeof argument === "number");
  return numbers.length === args.length ? FUNCTIONS[name]?.apply(...numbers) : undefined;
}
