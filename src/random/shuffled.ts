import type { Rng } from "./stream.ts";

/** A copy in random order, by Fisher and Yates. */
export function shuffled(values: Int32Array, rng: Rng): Int32Array {
  const order = values.slice();
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(rng.next() * (last + 1));
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
