import { Curve } from "../../src/samplers/curve.ts";
import type { Observation } from "../../src/trial/observation.ts";
import type { Report } from "../../src/trial/report.ts";
import { lastUntil } from "../../src/trial/reports.ts";

/** What `estimateUnfinished` makes of pruned trials, as plainly as it can be written, to be compared with. */
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
  return points.length === 0 ? null : plainCurve(points);
}

/** Given points in order that never fall: what `Curve` makes of others is done here, and more plainly. */
function plainCurve(points: readonly (readonly [x: number, y: number])[]): Curve {
  const sorted = points.toSorted(([left], [right]) => left - right);
  return new Curve(
    Float64Array.from(sorted, ([x]) => x),
    rising(sorted.map(([, y]) => y)),
  );
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
