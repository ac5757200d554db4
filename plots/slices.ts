import type { Assignment } from "../src/space/assignment.ts";
import { encode } from "../src/space/encode.ts";
import { drawable } from "./drawable.ts";
import { type DrawnStudy, type Valued, valued } from "./drawn-study.ts";
import type { Figure, Option } from "./figure.ts";
import { beyondText, type LossScale, lossScaleOf } from "./loss-scale.ts";
import { type ParamAxis, paramAxes } from "./param-axis.ts";
import { COLOR, namedAxis, SHADES, shortened } from "./style.ts";

const COLUMNS = 3;
/** One param, in pixels. */
const CELL = { width: 270, height: 220 } as const;
const MARGIN = { left: 76, top: 84, right: 96, bottom: 8 } as const;
/** As many stand along the axes of one. */
const LETTERS = { param: 32, loss: 22 } as const;
/** Below the axis: its labels and the name of the param. */
const FOOT = 56;

/** The loss over each param, one small chart a param, later trials darker. Null without a loss. */
export function slicesFigure(study: DrawnStudy): Figure | null {
  const all = valued(study);
  if (all.length === 0) return null;
  const losses = all.map(({ value }) => value);
  const scale = lossScaleOf(losses, study);
  const assignments = all.map(({ trial }) => encode(study.space, trial.params));
  const axes = paramAxes(study.space, assignments);
  const rows = Math.ceil(axes.length / COLUMNS);
  const last = Math.max(1, study.trials.length - 1);
  return {
    caption: `${shortened(study.metric, LETTERS.loss)} over each param; later trials are darker.${beyondText(scale)}`,
    width: Math.max(640, MARGIN.left + Math.min(COLUMNS, axes.length) * CELL.width + MARGIN.right),
    height: MARGIN.top + rows * CELL.height + MARGIN.bottom,
    option: {
      visualMap: shades(last, axes.length),
      grid: axes.map((_, index) => cellAt(index)),
      xAxis: axes.map((axis, index) => ({ ...xAxis(axis), gridIndex: index })),
      yAxis: axes.map((_, index) => ({ ...yAxis(study.metric, scale, index), gridIndex: index })),
      series: axes.map((axis, index) => ({
        ...{ type: "scatter", symbolSize: 6, xAxisIndex: index, yAxisIndex: index },
        data: points(axis, all, assignments).map(([x, y, number]) => [x, scale.place(y), number]),
      })),
    },
  };
}

function cellAt(index: number): Option {
  const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)];
  return {
    left: MARGIN.left + column * CELL.width,
    top: MARGIN.top + row * CELL.height,
    width: CELL.width - 36,
    height: CELL.height - FOOT,
  };
}

/** The loss is named once a row; the charts beside it share its axis. */
function yAxis(metric: string, { axis }: LossScale, index: number): Option {
  if (index % COLUMNS === 0) return { ...axis, name: shortened(metric, LETTERS.loss) };
  return { ...axis, name: "", axisLabel: { show: false } };
}

function xAxis({ path, labels, isLog, isWhole }: ParamAxis): Option {
  const named = namedAxis(shortened(path, LETTERS.param), 28);
  if (labels === null) {
    return { ...named, type: isLog ? "log" : "value", scale: true, ...(isWhole ? { minInterval: 1 } : {}) };
  }
  const places = labels.map((_, index) => index);
  const width = Math.max(24, (CELL.width - 40) / labels.length);
  const formatter = (place: number): string => labels[place] ?? "";
  return {
    ...named,
    ...{ type: "value", min: -0.5, max: labels.length - 0.5, splitLine: { show: false } },
    axisTick: { customValues: places },
    axisLabel: { customValues: places, formatter, width, overflow: "truncate", hideOverlap: true, color: COLOR.text },
  };
}

/** Options of a choice are spread out sideways, each trial always to the same side. */
function points(
  { path, labels }: ParamAxis,
  all: readonly Valued[],
  assignments: readonly Assignment[],
): readonly (readonly [number, number, number])[] {
  return all.flatMap(({ trial, value }, index) => {
    const given = assignments[index]?.[path];
    if (given === undefined) return [];
    const aside = labels === null ? 0 : 0.5 * (((trial.number * 0.618034) % 1) - 0.5);
    return [[drawable(given) + aside, value, trial.number] as const];
  });
}

function shades(last: number, charts: number): Option {
  return {
    ...{ type: "continuous", min: 0, max: last, dimension: 2, inRange: { color: SHADES }, calculable: false },
    ...{ right: 12, top: MARGIN.top, itemHeight: 110, itemWidth: 12, text: [`trial ${last}`, "trial 0"] },
    seriesIndex: Array.from({ length: charts }, (_, index) => index),
  };
}
