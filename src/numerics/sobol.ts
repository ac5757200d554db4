import { SOBOL_DIRECTIONS } from "./sobol-directions.ts";

const BITS = 32;

/** How many dimensions the table of directions has; those after them come from other stretches of the sequence. */
export const SOBOL_DIMENSIONS: number = SOBOL_DIRECTIONS.length + 1;

/**
 * One coordinate of the Sobol sequence, Owen-scrambled: any 2ᵏ points that begin at a multiple of 2ᵏ fill the unit cube
 * more evenly than independent draws do, and any one of them is uniform.
 *
 * @param at `index` of the point, from 0 up to 2³², in binary order; `dimension` from 0, without bound
 * @param seed 32 bits; another one, another scrambling
 * @returns in (0, 1), never an end
 * @source Burley 2020, "Practical hash-based Owen scrambling" (Journal of Computer Graphics Techniques 9), with the
 * permutation of Laine and Karras 2011
 */
export function scrambledSobol(
  { index, dimension }: { readonly index: number; readonly dimension: number },
  seed: number,
): number {
  const group = Math.floor(dimension / SOBOL_DIMENSIONS);
  const place = group === 0 ? index : scramble(index, combine(seed, -group));
  const bits = scramble(sobolBits(place, dimension % SOBOL_DIMENSIONS), combine(seed, dimension));
  return ((bits >>> 0) + 0.5) / 2 ** BITS;
}

/** One coordinate of the Sobol sequence, plain: 32 bits after the point, `index` in binary order. */
export function sobolBits(index: number, dimension: number): number {
  const directions = directionsOf(dimension);
  let bits = 0;
  for (let rest = index >>> 0, k = 0; rest !== 0; rest >>>= 1, k++) {
    if ((rest & 1) === 1) bits ^= directions[k] ?? 0;
  }
  return bits >>> 0;
}

const known: (Uint32Array | undefined)[] = [];

/** The value of each bit of the index. */
function directionsOf(dimension: number): Uint32Array {
  let directions = known[dimension];
  if (directions === undefined) {
    directions = makeDirections(dimension);
    known[dimension] = directions;
  }
  return directions;
}

function makeDirections(dimension: number): Uint32Array {
  const directions = new Uint32Array(BITS);
  const [polynomial, ...initial] = SOBOL_DIRECTIONS[dimension - 1] ?? [1];
  const degree = initial.length;
  for (let k = 0; k < BITS; k++) {
    const given = degree === 0 ? 1 : initial[k];
    directions[k] = given === undefined ? recurrence(directions, k, polynomial) : given << (BITS - 1 - k);
  }
  return directions;
}

/** Direction `k` from those before it. */
function recurrence(directions: Uint32Array, k: number, polynomial: number): number {
  const degree = BITS - 1 - Math.clz32(polynomial);
  const first = directions[k - degree] ?? 0;
  let value = first ^ (first >>> degree);
  for (let back = 1; back < degree; back++) {
    if (((polynomial >>> (degree - back)) & 1) === 1) value ^= directions[k - back] ?? 0;
  }
  return value;
}

/** Owen's scrambling: each bit is flipped or not by a coin that depends on the bits above it. */
function scramble(bits: number, seed: number): number {
  return reverse(permute(reverse(bits), seed));
}

/** Each bit depends on itself and those below it. */
function permute(bits: number, seed: number): number {
  let x = (bits + seed) | 0;
  x ^= Math.imul(x, 0x6c50b47c);
  x ^= Math.imul(x, 0xb82f1e52);
  x ^= Math.imul(x, 0xc7afe638);
  x ^= Math.imul(x, 0x8d22f6e6);
  return x;
}

function reverse(bits: number): number {
  let x = bits;
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return (x >>> 16) | (x << 16);
}

/** Another seed of two. @source the finalizer of MurmurHash3 (public domain) */
function combine(seed: number, salt: number): number {
  let bits = Math.imul(seed ^ Math.imul(salt, 0x9e3779b9), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
