/** Beyond these the charting library's own arithmetic fails. */
const LEAST = 1e-100;
const MOST = 1e100;

/** A finite number as near to it as can be drawn. */
export function drawable(value: number): number {
  if (Math.abs(value) < LEAST) return 0;
  return Math.max(-MOST, Math.min(MOST, value));
}

/** Whether numbers can stand at a logarithmic axis. */
export function areLogarithmic(values: readonly number[]): boolean {
  return values.every((value) => value >= LEAST && value <= MOST);
}
