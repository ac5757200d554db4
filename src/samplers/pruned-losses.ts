import type { Observation } from "../trial/observation.ts";
import type { Report } from "../trial/report.ts";
import { lastUntil } from "../trial/reports.ts";
import { Curve } from "./curve.ts";

/**
 * What a pruned trial would probably have come to: its last report, seen beside what others reported at that step and
 * came to. A trial that was stopped later counts there with its own estimate, so the longest are estimated first.
 *
 * Where nobody went further than it did, or figures are too large to reckon with, it keeps its last report.
 *
 * @param losses by observation; those of pruned trials are replaced
 */
export function estimatePruned(losses: Float64Array, observations: readonly Observation[]): void {
  const ends = observations.map(endOf);
  const endedAt = new Map<number, number[]>();
  ends.forEach((end, trial) => {
    if (end === null) return;
    const trials = endedAt.get(end.step) ?? [];
    endedAt.set(end.step, trials);
    trials.push(trial);
  });
  const steps = [...endedAt.keys()].sort((left, right) => right - left);
  const curves = new Curves(losses, observations);
  for (const step of steps) {
    const curve = curves.at(step);
    for (const trial of endedAt.get(step) ?? []) {
      const estimate = curve?.at(ends[trial]?.value ?? Number.NaN) ?? Number.NaN;
      if (Number.isFinite(estimate)) losses[trial] = estimate;
      curves.add(trial);
    }
  }
}

/** The report at which a pruned trial ended. */
function endOf({ result, reports }: Observation): Report | null {
  if (result.kind !== "pruned") return null;
  return reports.findLast(({ value }) => Number.isFinite(value)) ?? null;
}

/** What is known of trials that went further than a step, for one step after the other, the last one first. */
class Curves {
  readonly #losses: Float64Array;
  readonly #observations: readonly Observation[];
  /** By trial: whether it went further. */
  readonly #wentOn: Uint8Array;
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;

  constructor(losses: Float64Array, observations: readonly Observation[]) {
    this.#losses = losses;
    this.#observations = observations;
    this.#wentOn = Uint8Array.from(observations, ({ result }) => Number(result.kind === "complete"));
    this.#xs = new Float64Array(losses.length);
    this.#ys = new Float64Array(losses.length);
  }

  /** From here on a pruned trial counts, at steps before the one that it ended at. */
  add(trial: number): void {
    this.#wentOn[trial] = 1;
  }

  /** From a value at a step to what trials came to that went further; null where there are none. */
  at(step: number): Curve | null {
    let points = 0;
    for (let trial = 0; trial < this.#losses.length; trial++) {
      const loss = this.#losses[trial] ?? Number.NaN;
      if (this.#wentOn[trial] !== 1 || !Number.isFinite(loss)) continue;
      const value = lastUntil(this.#observations[trial]?.reports ?? [], step)?.value;
      if (value === undefined || !Number.isFinite(value)) continue;
      this.#xs[points] = value;
      this.#ys[points] = loss;
      points++;
    }
    return points === 0 ? null : new Curve(this.#xs.subarray(0, points), this.#ys.subarray(0, points));
  }
}
