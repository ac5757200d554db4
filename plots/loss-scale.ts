import { fenceOf } from "../src/importance/fence.ts";
import type { Direction } from "../src/store/study-record.ts";
import { orient } from "../src/study/view/direction.ts";
import { areLogarithmic, drawable } from "./drawable.ts";
import { type DrawnStudy, isPruned, type Valued } from "./drawn-study.ts";
import type { Option } from "./figure.ts";
import { COLOR, namedAxis } from "./style.ts";
import { shortened, tickText } from "./text.ts";

/** From here on, the largest loss beside the smallest, an axis is logarithmic. */
const LOG_FROM = 100;
/** As many stand along the axis of a figure of the usual height. */
const LETTERS = 42;
/** From so many complete trials on, they alone say what is far out, unless half of them are the same. */
const MIN_COMPLETE = 8;

/** How losses are drawn: an axis that a few that diverged do not squeeze. */
export interface LossScale {
  readonly axis: Option;
  /** How many lie beyond the edge. */
  readonly beyond: number;
  /** The ends of what is drawn. */
  readonly best: number;
  readonly worst: number;
  /** Where a loss is drawn: what lies beyond the edge is at it. */
  place(loss: number): number;
  /** How good one is, from 0, the worst that is drawn, to 1, the best; 1 where all are equal. */
  goodness(loss: number): number;
}

/**
 * The scale of what trials came to. Pruned ones were stopped early, so the many that a pruner makes do not say how far
 * losses go.
 *
 * @param all at least one
 */
export function trialScaleOf(all: readonly Valued[], study: Pick<DrawnStudy, "direction" | "metric">): LossScale {
  const losses = all.map(({ value }) => value);
  const complete = all.filter((each) => !isPruned(each)).map(({ value }) => value);
  const isEnough = complete.length >= MIN_COMPLETE && Number.isFinite(edgeOf(complete.map(drawable), study.direction));
  return lossScaleOf(losses, study, isEnough ? complete : losses);
}

/**
 * @param losses finite, at least one
 * @param usual those of them that say what is far out
 */
export function lossScaleOf(
  losses: readonly number[],
  { direction, metric }: Pick<DrawnStudy, "direction" | "metric">,
  usual: readonly number[] = losses,
): LossScale {
  const sorted = losses.map(drawable).sort((a, b) => a - b);
  const edge = edgeOf(usual.map(drawable), direction);
  const isLog = areLogarithmic(losses) && spanOf(within(sorted, edge, direction)) >= LOG_FROM;
  const limit = isLog ? Math.exp(edgeOf(usual.map(Math.log), direction)) : edge;
  const isBeyond = (loss: number): boolean => (direction === "minimize" ? loss > limit : loss < limit);
  const beyond = losses.filter(isBeyond).length;
  const bound = beyond === 0 ? {} : { [direction === "minimize" ? "max" : "min"]: limit };
  const ends = [sorted[0] ?? 0, sorted.at(-1) ?? 0] as const;
  const [best, last] = direction === "minimize" ? ends : [ends[1], ends[0]];
  const worst = beyond === 0 ? last : limit;
  const isEdge = (loss: number): boolean => beyond > 0 && Math.abs(loss - limit) <= 1e-9 * Math.abs(limit - best);
  const axisLabel = { color: COLOR.text, formatter: (loss: number) => (isEdge(loss) ? "" : tickText(loss)) };
  return {
    axis: {
      ...namedAxis(shortened(metric, LETTERS), 56),
      type: isLog ? "log" : "value",
      scale: true,
      ...bound,
      axisLabel,
    },
    ...{ beyond, best, worst },
    place: (loss) => (isBeyond(loss) ? limit : drawable(loss)),
    goodness: (loss) => goodnessOf(loss, { best, worst, isLog }),
  };
}

function goodnessOf(
  loss: number,
  { best, worst, isLog }: { readonly best: number; readonly worst: number; readonly isLog: boolean },
): number {
  if (best === worst) return 1;
  const height = (value: number): number => (isLog ? Math.log(Math.max(value, Math.min(best, worst))) : value / 2);
  const part = (height(loss) - height(worst)) / (height(best) - height(worst));
  return Math.max(0, Math.min(1, part));
}

/** The last value on the worse side that is not far out. */
function edgeOf(values: readonly number[], direction: Direction): number {
  return orient(direction, fenceOf(Float64Array.from(values, (value) => orient(direction, value))));
}

function within(sorted: readonly number[], edge: number, direction: Direction): readonly number[] {
  return sorted.filter((value) => (direction === "minimize" ? value <= edge : value >= edge));
}

function spanOf(sorted: readonly number[]): number {
  return (sorted.at(-1) ?? 1) / (sorted[0] ?? 1);
}

/** A sentence for what lies beyond the edge; empty where nothing does. */
export function beyondText({ beyond }: Pick<LossScale, "beyond">): string {
  if (beyond === 0) return "";
  return beyond === 1 ? " One that lies far out is at the edge." : ` ${beyond} that lie far out are at the edge.`;
}
