import { lowerBound } from "../../src/numerics/lower-bound.ts";
import type { Observation } from "../../src/trial/observation.ts";
import type { Report } from "../../src/trial/report.ts";
import { lastUntil } from "../../src/trial/reports.ts";

/** `estimatePruned` as plainly as it can be written, to be compared with. */
export function plainlyEstimatePruned(losses: Float64Array, observations: readonly Observation[]): void {
  const ends = observations.map(endOf);
  const steps = [...new Set(ends.flatMap((end) => end?.step ?? []))].sort((left, right) => right - left);
  for (const step of steps) {
    const curve = curveAt(step, { losses, observations, ends });
    if (curve === null) continue;
    ends.forEach((end, trial) => {
      const estimate = end?.step === step ? curve.at(end.value) : Number.NaN;
      if (Number.isFinite(estimate)) losses[trial] = estimate;
    });
  }
}

/** The report at which a pruned trial ended. */
function endOf({ result, reports }: Observation): Report | null {
  if (result.kind !== "pruned") return null;
  return reports.findLast(({ value }) => Number.isFinite(value)) ?? null;
}

interface Known {
  readonly losses: Float64Array;
  readonly observations: readonly Observation[];
  readonly ends: readonly (Report | null)[];
}

/** From a value at a step to what trials came to that went further; null where there are none. */
function curveAt(step: number, { losses, observations, ends }: Known): Curve | null {
  const points: [value: number, loss: number][] = [];
  observations.forEach(({ result, reports }, trial) => {
    const loss = losses[trial] ?? Number.NaN;
    const end = ends[trial]?.step;
    const wentOn = result.kind === "complete" || (end !== undefined && end > step);
    const value = wentOn ? lastUntil(reports, step)?.value : undefined;
    if (value !== undefined && Number.isFinite(value) && Number.isFinite(loss)) points.push([value, loss]);
  });
  return points.length === 0 ? null : new Curve(points);
}

/** A line through points that never falls. */
class Curve {
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;
  readonly #slope: number;

  /** @param points at least one, finite, in any order */
  constructor(points: readonly (readonly [x: number, y: number])[]) {
    const sorted = points.toSorted(([left], [right]) => left - right);
    this.#xs = Float64Array.from(sorted, ([x]) => x);
    this.#ys = rising(sorted.map(([, y]) => y));
    const [width, height] = [span(this.#xs), span(this.#ys)];
    this.#slope = width > 0 && height > 0 ? height / width : 1;
  }

  at(x: number): number {
    const xs = this.#xs;
    const last = xs.length - 1;
    if (x >= (xs[last] ?? 0)) return (this.#ys[last] ?? 0) + this.#slope * (x - (xs[last] ?? 0));
    const next = lowerBound(xs, x, last);
    const [x1 = 0, y1 = 0] = [xs[next], this.#ys[next]];
    const [x0 = x1, y0 = y1] = [xs[next - 1], this.#ys[next - 1]];
    return x1 > x0 ? y0 + ((y1 - y0) * (x - x0)) / (x1 - x0) : y1;
  }
}

function span(values: Float64Array): number {
  return (values.at(-1) ?? 0) - (values[0] ?? 0);
}

/** The rising sequence that is nearest in squares. */
function rising(values: readonly number[]): Float64Array {
  const blocks: { mean: number; size: number }[] = [];
  for (const value of values) {
    let block = { mean: value, size: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.mean >= block.mean; last = blocks.at(-1)) {
      blocks.pop();
      const size = last.size + block.size;
      block = { mean: last.mean + ((block.mean - last.mean) * block.size) / size, size };
    }
    blocks.push(block);
  }
  return Float64Array.from(blocks.flatMap(({ mean, size }) => Array.from({ length: size }, () => mean)));
}
