import type { Report } from "./report.ts";

/** The first report at `step` or later; undefined where the trial has not come so far. */
export function firstFrom(reports: readonly Report[], step: number): Report | undefined {
  return reports[indexFrom(reports, step)];
}

/** The report of exactly `step`. */
export function reportAt(reports: readonly Report[], step: number): Report | undefined {
  const found = firstFrom(reports, step);
  return found?.step === step ? found : undefined;
}

/** The last report at `step` or before; undefined where the trial has none yet. */
export function lastUntil(reports: readonly Report[], step: number): Report | undefined {
  const at = indexFrom(reports, step);
  return reports[at]?.step === step ? reports[at] : reports[at - 1];
}

/** The reports at `step` or before. */
export function allUntil(reports: readonly Report[], step: number): readonly Report[] {
  const end = indexFrom(reports, step + 1);
  return end >= reports.length ? reports : reports.slice(0, end);
}

/** Where `step` is or would be. */
function indexFrom(reports: readonly Report[], step: number): number {
  const guess = step - (reports[0]?.step ?? 0); // exact where every step is reported
  if (guess >= 0 && reports[guess]?.step === step) return guess;
  let [low, high] = [0, reports.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((reports[middle]?.step ?? 0) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}
