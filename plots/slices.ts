import type { Assignment } from "../src/space/assignment.ts";
import { encode } from "../src/space/encode.ts";
import { asideOf, axisBelow, slantOf } from "./cell-axis.ts";
import { drawable } from "./drawable.ts";
import { compareLosses, type DrawnStudy, isBestOf, isPruned, type Valued, valued } from "./drawn-study.ts";
import type { Figure, Option } from "./figure.ts";
import { beyondText, type LossScale, trialScaleOf } from "./loss-scale.ts";
import { type ParamAxis, paramAxes } from "./param-axis.ts";
import { pointedTexts } from "./pointed.ts";
import { SHADES } from "./style.ts";
import { shortened } from "./text.ts";
import { thinned, thinnedText } from "./thinned.ts";

/** In each chart; more hide each other. */
const MAX_DOTS = 1500;
const COLUMNS = 3;
/** One param, in pixels. */
const CELL = { width: 270, height: 220 } as const;
const MARGIN = { left: 76, top: 84, right: 96, bottom: 8 } as const;
/** As many letters of the loss stand along an axis. */
const LETTERS = 22;
/** Below the axis: its labels and the name of the param. */
const FOOT = 56;
/** What the names of options have below a chart. */
const EDGE = CELL.width - 40;

/** The loss over each param, one small chart a param, later trials darker. Null without a loss. */
export function slicesFigure(study: DrawnStudy): Figure | null {
  const all = valued(study);
  if (all.length === 0) return null;
  const scale = trialScaleOf(all, study);
  const drawn = drawnOf(study, all);
  const assignments = drawn.map(({ trial }) => encode(study.space, trial.params));
  const axes = paramAxes(study.space, assignments);
  const textOf = pointedTexts(study, axes.length * drawn.length);
  const rows = Math.ceil(axes.length / COLUMNS);
  const below = Math.max(...axes.map((axis) => slantOf(axis, EDGE)));
  return {
    caption: `${captionOf(study.metric, all)}${beyondText(scale)}`,
    width: Math.max(640, MARGIN.left + Math.min(COLUMNS, axes.length) * CELL.width + MARGIN.right),
    height: MARGIN.top + rows * (CELL.height + below) + MARGIN.bottom,
    option: {
      visualMap: shades(study.trials.length - 1, axes.length),
      grid: axes.map((_, index) => cellAt(index, CELL.height + below)),
      xAxis: axes.map((axis, index) => ({ ...axisBelow(axis, EDGE), gridIndex: index })),
      yAxis: axes.map((_, index) => ({ ...yAxis(study.metric, scale, index), gridIndex: index })),
      series: seriesOf(axes, { drawn, assignments, scale, textOf }),
    },
  };
}

/** In the order of their numbers: later ones are drawn on top. */
function drawnOf(study: DrawnStudy, all: readonly Valued[]): readonly Valued[] {
  const ranked = all.toSorted((a, b) => compareLosses(study.direction, b.value, a.value));
  return thinned(ranked, MAX_DOTS, isBestOf(study)).toSorted((a, b) => a.trial.number - b.trial.number);
}

function captionOf(metric: string, all: readonly Valued[]): string {
  const pruned = all.some(isPruned) ? " Pruned ones are hollow, at their last report." : "";
  const notDrawn = thinnedText(all.length, MAX_DOTS);
  return `${shortened(metric, LETTERS)} over each param; later trials are darker.${pruned}${notDrawn}`;
}

function cellAt(index: number, height: number): Option {
  const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)];
  return {
    left: MARGIN.left + column * CELL.width,
    top: MARGIN.top + row * height,
    width: CELL.width - 36,
    height: CELL.height - FOOT,
  };
}

/** The loss is named once a row; the charts beside it share its axis. */
function yAxis(metric: string, { axis }: LossScale, index: number): Option {
  if (index % COLUMNS === 0) return { ...axis, name: shortened(metric, LETTERS) };
  return { ...axis, name: "", axisLabel: { show: false } };
}

interface Drawn {
  readonly drawn: readonly Valued[];
  /** In the same order. */
  readonly assignments: readonly Assignment[];
  readonly scale: LossScale;
  textOf(trial: Valued["trial"]): string;
}

/** The dots of each chart, and the ends of its axis: so charts side by side have one axis, whichever trials each has. */
function seriesOf(axes: readonly ParamAxis[], known: Drawn): readonly Option[] {
  const { best, worst } = known.scale;
  const nowhere = [best, worst].map((loss) => [null, loss]); // not drawn, but the axis reaches them
  const charts = [
    ...axes.map((axis, index) => ({ index, symbolSize: 6, data: dots(axis, known) })),
    ...axes.map((_, index) => ({ index, silent: true, data: nowhere })),
  ];
  return charts.map(({ index, ...own }) => ({ ...own, type: "scatter", xAxisIndex: index, yAxisIndex: index }));
}

function dots(axis: ParamAxis, { drawn, assignments, scale, textOf }: Drawn): readonly Option[] {
  return drawn.flatMap((each, index) => {
    const given = assignments[index]?.[axis.path];
    if (given === undefined) return [];
    const { number } = each.trial;
    const value = [drawable(given) + asideOf(axis, number), scale.place(each.value), number];
    return [{ value, name: textOf(each.trial), ...(isPruned(each) ? { symbol: "emptyCircle" } : {}) }];
  });
}

function shades(last: number, charts: number): Option {
  return {
    type: "continuous",
    min: 0,
    max: Math.max(1, last),
    dimension: 2,
    inRange: { color: SHADES },
    calculable: false,
    ...{ right: 12, top: MARGIN.top, itemHeight: 110, itemWidth: 12, text: [`trial ${last}`, "trial 0"] },
    seriesIndex: Array.from({ length: charts }, (_, index) => index),
  };
}
