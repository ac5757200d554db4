import type { ChoiceNode, Literal, NumberNode, PchoiceNode, Space } from "./node.ts";

/** Forces the editor to print the resolved object instead of the alias chain. */
type Simplify<T> = { readonly [K in keyof T]: T[K] } & {};

/**
 * The params that an objective over the space `S` receives. A choice whose options carry a literal tag becomes a
 * discriminated union; a space known only at run time gives `unknown` leaves.
 */
export type ParamsOf<S> = Space extends S
  ? unknown
  : S extends NumberNode
    ? number
    : S extends ChoiceNode<infer O>
      ? ParamsOf<O[number]>
      : S extends PchoiceNode<infer O>
        ? ParamsOf<O[number][1]>
        : S extends Literal
          ? S
          : S extends readonly unknown[]
            ? { readonly [I in keyof S]: ParamsOf<S[I]> }
            : string extends keyof S
              ? { readonly [name: string]: unknown }
              : S extends object
                ? Simplify<{ readonly [K in keyof S]: ParamsOf<S[K]> }>
                : never;

/** Params of which some may be left out, at any depth; a list has all its items. */
export type Given<P> = P extends readonly unknown[]
  ? P
  : P extends object
    ? { readonly [K in keyof P]?: Given<P[K]> | undefined }
    : P;
