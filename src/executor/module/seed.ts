import { stream } from "../../random/stream.ts";

/**
 * Replaces `Math.random` of this process by a trial's own stream, so that whatever draws from it, such as initial
 * weights and shuffling, is the same at every attempt and in whatever process.
 */
export function seedMathRandom(seed: number): void {
  const rng = stream("Math.random", seed);
  Math.random = () => rng.next();
}
