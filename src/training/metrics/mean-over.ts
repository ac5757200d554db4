/** Mean of a term over the rows; NaN for no rows. */
export function meanOver(labels: ArrayLike<number>, term: (label: number, row: number) => number): number {
  return sumOver(labels, term) / labels.length;
}

/** Sum of a term over the rows; 0 for no rows. */
export function sumOver(labels: ArrayLike<number>, term: (label: number, row: number) => number): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) sum += term(labels[row] ?? Number.NaN, row);
  return sum;
}
