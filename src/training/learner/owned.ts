import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { TensorFlow } from "../tensorflow.ts";

/** One function for each thing that was made, which frees it. */
export type Owned = (() => void)[];

/**
 * What `make` made, with a `dispose` that frees all that `make` put on the list, the last first. Where `make` throws, it
 * is freed at once.
 */
export function owning<T extends object>(make: (owned: Owned) => T): T & { dispose(): void } {
  const owned: Owned = [];
  const dispose = (): void => {
    for (const free of owned.toReversed()) free();
  };
  try {
    return { ...make(owned), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/**
 * Runs `make`, and has every variable freed that it creates. A model does not know them all: `make` may throw before there
 * is one, or build it of parts of another model.
 */
export function owningVariables<T>(tf: TensorFlow, owned: Owned, make: () => T): T {
  const { registeredVariables } = tf.engine().state;
  const before = new Set(Object.values(registeredVariables));
  try {
    return make();
  } finally {
    const made = Object.values(registeredVariables).filter((variable) => !before.has(variable));
    owned.push(() => {
      for (const variable of made) if (!variable.isDisposed) variable.dispose();
    });
  }
}

/** Frees the weights that a model has now: two models that share layers cannot both be disposed. */
export function disposeWeights(model: LayersModel): () => void {
  const weights = model.weights.map((weight) => weight.read());
  return () => {
    for (const weight of weights) if (!weight.isDisposed) weight.dispose();
  };
}
