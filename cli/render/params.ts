import type { CompiledSpace } from "../../src/space/compile.ts";
import { encode } from "../../src/space/encode.ts";
import { flatten } from "../../src/space/flatten.ts";
import type { Literal } from "../../src/space/node.ts";
import { shellQuote } from "../invocation.ts";
import { onOneLine } from "./controls.ts";
import { figure } from "./figure.ts";

/** Params as rows of path and value, in the order of the space. */
export type FlatParams = readonly (readonly [path: string, value: Literal])[];

export function flatParams(space: CompiledSpace, params: unknown): FlatParams {
  return flatten(space, encode(space, params));
}

/** Params on one line, values rounded: `lr=0.001234 optimizer.type=adam`. */
export function paramsLine(params: FlatParams): string {
  return params.map(([path, value]) => `${path}=${rounded(value)}`).join(" ");
}

/** Params as arguments of a program, exact, quoted for a POSIX shell: `--lr=0.01 --optimizer.momentum=0.9`. */
export function paramsArgs(params: FlatParams): string {
  return params.map(([path, value]) => shellQuote(`--${path}=${String(value)}`)).join(" ");
}

/** A value as a table shows it; what a terminal would obey is spelt out, as in `\n`. */
export function rounded(value: Literal): string {
  if (typeof value === "number") return figure(value);
  return onOneLine(String(value));
}
