import seedrandom from "seedrandom";

/** Source of uniform doubles in [0, 1). The only randomness that the core may touch. */
export interface Rng {
  next(): number;
}

/**
 * A deterministic stream named by its keys. Streams with different keys are independent.
 *
 * Seeding by (study seed, trial number) rather than by the order of calls makes a resumed study draw what an
 * uninterrupted one would have drawn.
 *
 * @param keys joined by `:`; e.g. `stream(seed, trialNumber)`
 * @source Alea by J. Baagøe, in seedrandom; 53-bit doubles
 */
export function stream(...keys: readonly (number | string)[]): Rng {
  const alea = seedrandom.alea(keys.join(":"));
  return { next: () => alea.double() };
}

/**
 * A non-negative 31-bit integer named by its keys, e.g. to seed a trial's own randomness.
 *
 * @source FNV-1a over the characters, mixed by the finalizer of MurmurHash3 (both public domain)
 */
export function integerSeed(...keys: readonly (number | string)[]): number {
  const text = keys.join(":");
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & 0x7fffffff;
}
