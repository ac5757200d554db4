/** Whole numbers in -4..4, without a pattern that a wrong index would leave unchanged. */
export function integers(count: number, salt: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => ((i * i * 7 + i * 3 + salt * 5) % 9) - 4);
}
