/**
 * The nodes of a search space, as plain data: an object with one key, the kind, holding its arguments.
 *
 * `hp.uniform(0, 1)` is `{ uniform: [0, 1] }`, in TypeScript, JSON and YAML alike, so a space can be printed, hashed,
 * stored and queued as it is, and two copies of this package agree on what a node is.
 */
export interface UniformNode {
  readonly uniform: readonly [low: number, high: number];
}
/** A multiple of `q` between the bounds. */
export interface QuniformNode {
  readonly quniform: readonly [low: number, high: number, q: number];
}
/** Bounds are natural values above 0. */
export interface LoguniformNode {
  readonly loguniform: readonly [low: number, high: number];
}
/** A multiple of `q` between natural bounds above 0. */
export interface QloguniformNode {
  readonly qloguniform: readonly [low: number, high: number, q: number];
}
/** Integers, both bounds included. */
export interface UniformintNode {
  readonly uniformint: readonly [low: number, high: number];
}
/** Unbounded; `sigma` above 0. */
export interface NormalNode {
  readonly normal: readonly [mu: number, sigma: number];
}
/** A normal draw rounded to a multiple of `q`. */
export interface QnormalNode {
  readonly qnormal: readonly [mu: number, sigma: number, q: number];
}
/** `mu` and `sigma` are those of the natural logarithm. */
export interface LognormalNode {
  readonly lognormal: readonly [mu: number, sigma: number];
}
/** A log-normal draw rounded to a multiple of `q`; 0 can come. */
export interface QlognormalNode {
  readonly qlognormal: readonly [mu: number, sigma: number, q: number];
}
/** Integers without order, `upper` not included; `low` is 0 where it is left out. */
export interface RandintNode {
  readonly randint: readonly [upper: number] | readonly [low: number, upper: number];
}
/** One of the options, all equally likely. */
export interface ChoiceNode<out O extends readonly Space[] = readonly Space[]> {
  readonly choice: O;
}
/** One of the options, each with its probability. */
export interface PchoiceNode<
  out O extends readonly (readonly [number, Space])[] = readonly (readonly [number, Space])[],
> {
  readonly pchoice: O;
}

/** The nodes whose value is a number. */
export type NumberNode =
  | UniformNode
  | QuniformNode
  | LoguniformNode
  | QloguniformNode
  | UniformintNode
  | NormalNode
  | QnormalNode
  | LognormalNode
  | QlognormalNode
  | RandintNode;

/** Every node of the vocabulary. */
export type SpaceNode = NumberNode | ChoiceNode | PchoiceNode;

/** A constant part of a space. */
export type Literal = string | number | boolean | null;

/** A number has to be finite, as in JSON. */
export function isLiteral(value: unknown): value is Literal {
  return value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}

/** Any nesting of objects, arrays, literals and nodes. */
export type Space = Literal | SpaceNode | readonly Space[] | { readonly [key: string]: Space };

/** What a study searches: named params at the root. */
export interface RootSpace {
  readonly [key: string]: Space;
}

/** The keys that make an object a node. */
export const NODE_KINDS = [
  "uniform",
  "quniform",
  "loguniform",
  "qloguniform",
  "uniformint",
  "normal",
  "qnormal",
  "lognormal",
  "qlognormal",
  "randint",
  "choice",
  "pchoice",
] as const;

/** One of the keys that make an object a node. */
export type NodeKind = (typeof NODE_KINDS)[number];

/** The kind of a node, or null for objects, arrays and literals. An object whose one key is a kind is a node. */
export function nodeKind(value: unknown): NodeKind | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const keys = Object.keys(value);
  const only = keys[0];
  return keys.length === 1 && only !== undefined && isNodeKind(only) ? only : null;
}

export function isNodeKind(key: string): key is NodeKind {
  return (NODE_KINDS as readonly string[]).includes(key); // any text may be looked for
}
