/** ln Σ exp(termᵢ) without overflow; -Infinity for no terms or none above -Infinity. */
export function logSumExp(terms: ArrayLike<number>): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < terms.length; i++) top = Math.max(top, terms[i] ?? Number.NaN);
  if (!Number.isFinite(top)) return top;
  let sum = 0;
  for (let i = 0; i < terms.length; i++) sum += Math.exp((terms[i] ?? 0) - top);
  return top + Math.log(sum);
}
