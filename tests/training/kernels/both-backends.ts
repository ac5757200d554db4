import { expect } from "vitest";
import { loadBackend, type TensorFlow } from "../../../src/training/index.ts";
import { type Computation, computeOn, differenceOf } from "./gradients/computation.ts";

/** TensorFlow.js with both backends started and the kernels of the wasm backend installed. */
export async function loadBoth(): Promise<TensorFlow> {
  await loadBackend({ prefer: "cpu" });
  return (await loadBackend({ prefer: "wasm" })).tf;
}

/** Both backends give the same, up to a part of the largest magnitude in each result; wasm is active afterwards. */
export async function expectSameOnBoth(tf: TensorFlow, compute: Computation["compute"]): Promise<void> {
  const expected = await computeOn(tf, "cpu", compute);
  const received = await computeOn(tf, "wasm", compute);
  expect(received).toHaveLength(expected.length);
  for (const [index, values] of expected.entries()) {
    expect(differenceOf(values, received[index] ?? []), `result ${index}`).toBeLessThan(1e-5);
  }
}
