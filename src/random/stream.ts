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

/** A non-negative 31-bit integer, e.g. to seed a trial's own randomness. */
export function integerSeed(...keys: readonly (number | string)[]): number {
  return Math.floor(stream(...keys).next() * 0x7fffffff);
}
