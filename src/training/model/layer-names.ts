import type { layers } from "@tensorflow/tfjs-layers";
import type { TensorFlow } from "../tensorflow.ts";
import { layersWithin } from "./model.ts";

/** The most numbers that are skipped: each costs a layer, and a process hardly makes so many of one class. */
const MOST_AHEAD = 10_000;

/**
 * Makes sure that no layer without a name of its own gets that of one of these: TensorFlow.js numbers such layers by their
 * class within a process, so those of a model that was read bear numbers which a new layer may get as well.
 */
export function reserveNames(tf: TensorFlow, all: readonly layers.Layer[]): void {
  for (const [className, largest] of numbersOf(all)) {
    let next = nextNumber(tf, className);
    if (largest - next > MOST_AHEAD) continue;
    while (next < largest) next = nextNumber(tf, className);
  }
}

/** The largest number of those that bear one, by class. */
function numbersOf(all: readonly layers.Layer[]): ReadonlyMap<string, number> {
  const largest = new Map<string, number>();
  for (const layer of all) {
    for (const [className, number] of numbersOf(layersWithin(layer) ?? [])) raise(largest, className, number);
    const className = layer.getClassName();
    raise(largest, className, numberIn(layer.name, className));
  }
  return largest;
}

function raise(largest: Map<string, number>, className: string, number: number): void {
  if (number > (largest.get(className) ?? 0)) largest.set(className, number);
}

/** The 3 of `dense_Dense3`; 0 for a name that was given. */
function numberIn(name: string, className: string): number {
  const start = name.lastIndexOf(`_${className}`);
  const digits = start < 0 ? "" : name.slice(start + 1 + className.length);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : 0;
}

/** The number that a new layer of this class gets, which no other then gets. */
function nextNumber(tf: TensorFlow, className: string): number {
  class Unnamed extends tf.layers.Layer {
    static className = className;
  }
  return numberIn(new Unnamed({}).name, className);
}
