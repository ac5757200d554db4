import seedrandom from "seedrandom";

/** Source of uniform doubles in [0, 1). The only randomness that the core may touch. */
export interface Rng {
  next(): number;
}

/**
 * A deterministic stream named by its keys. Streams with different keys are independent, neighbouring ones too: Alea
 * alone would begin alike for seeds that differ in their last digit, so what it is seeded with is hashed first.
 *
 * Seeding by (study seed, trial number) rather than by the order of calls makes a resumed study draw what an
 * uninterrupted one would have drawn.
 *
 * @param keys joined by `:`; e.g. `stream(seed, trialNumber)`
 * @source Alea by J. Baagøe, in seedrandom; 53-bit doubles
 */
export function stream(...keys: readonly (number | string)[]): Rng {
  const text = keys.join(":");
  const alea = seedrandom.alea(`${hash(text, 0)} ${hash(text, 1)} ${hash(text, 2)}`);
  return { next: () => alea.double() };
}

/** A non-negative 31-bit integer named by its keys, e.g. to seed a trial's own randomness. */
export function integerSeed(...keys: readonly (number | string)[]): number {
  return hash(keys.join(":"), 0) & 0x7fffffff;
}

/**
 * 32 bits of a text.
 *
 * @param salt for another 32 bits
 * @source FNV-1a over the characters, mixed by the finalizer of MurmurHash3 (both public domain)
 */
function hash(text: string, salt: number): number {
  let bits = Math.imul(0x811c9dc5 ^ salt, 0x01000193);
  for (let at = 0; at < text.length; at++) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
