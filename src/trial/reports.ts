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
  if (end >= reports.length) return reports;
  const until = [...reports]; // of a frozen array, `slice` takes fifty times as long
  until.length = end;
  return until;
}

/** With one more report, in its place by step; the same reports where the step is already there. */
export function withReport(reports: readonly Report[], report: Report): readonly Report[] {
  const last = reports.at(-1);
  const at = last === undefined || last.step < report.step ? reports.length : indexFrom(reports, report.step);
  if (reports[at]?.step === report.step) return reports;
  const longer = [...reports]; // as above: `toSpliced` of a frozen array is as slow
  longer.splice(at, 0, report);
  return longer;
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
