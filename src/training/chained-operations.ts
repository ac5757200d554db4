import type * as core from "@tensorflow/tfjs-core";

/**
 * Operations that tfjs-layers itself calls as methods, `x.sum()`: orthogonal initializers, so every LSTM, R2 and attention
 * among others. Only the umbrella package defines them, by files that Node cannot load.
 */
const CHAINED = [
  "add",
  "cast",
  "expandDims",
  "gather",
  "mean",
  "reshape",
  "sign",
  "square",
  "squeeze",
  "stridedSlice",
  "sub",
  "sum",
  "transpose",
] as const satisfies readonly (keyof typeof core)[];

/** Defines them for every tensor; repeated, no effect. */
export function defineChainedOperations(tf: Omit<typeof core, "default">): void {
  // Each takes the tensor first, and then what its method takes.
  const operations: { readonly [name: string]: Operation } = Object.fromEntries(
    CHAINED.map((name) => [name, tf[name] as Operation]),
  );
  const flatten: Operation = (x) => tf.reshape(x, [x.size]);
  for (const [name, operation] of Object.entries({ ...operations, flatten })) {
    if (name in tf.Tensor.prototype) continue;
    const method = function (this: core.Tensor, ...rest: unknown[]): core.Tensor {
      return operation(this, ...rest);
    };
    Object.defineProperty(tf.Tensor.prototype, name, { value: method, writable: true, configurable: true });
  }
}

type Operation = (x: core.Tensor, ...rest: unknown[]) => core.Tensor;
