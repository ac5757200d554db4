import type { Rng } from "../../random/stream.ts";
import { checkFunction, checkRng } from "../argument-check.ts";

/**
 * Runs synchronous work with Math.random drawing from `rng`. TensorFlow.js takes initial weights and dropout masks from
 * there. Only for the time of the work, so trials that train by turns in one process do not disturb each other.
 */
export function withSeededMath<T>(rng: Rng, work: () => T): T {
  checkRng("withSeededMath: rng", rng);
  checkFunction("withSeededMath: work", work);
  const original = Math.random;
  Math.random = () => rng.next();
  try {
    return work();
  } finally {
    Math.random = original;
  }
}
