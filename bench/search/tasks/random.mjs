// The random streams of the format. A run's noise and random configurations are the same in every implementation.

/**
 * Uniform doubles in [0, 1) with 32 bits.
 *
 * @source mulberry32 by T. Ettinger, public domain
 */
export function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
}

/** The standard normal deviate of evaluation `index` in run `seed`. */
export function gauss(seed, index) {
  const next = mulberry32((Math.imul(seed + 1, 1000003) + index) >>> 0);
  next();
  next();
  const radius = Math.sqrt(-2 * Math.log(1 - next()));
  return radius * Math.cos(2 * Math.PI * next());
}
