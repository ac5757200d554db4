import type { Assignment } from "../src/space/assignment.ts";
import { encode } from "../src/space/encode.ts";
import { areaAbove, type Field } from "./area.ts";
import { asideOf, axisBelow, axisBeside, roomBeside, slantOf } from "./cell-axis.ts";
import { drawable } from "./drawable.ts";
import { compareLosses, type DrawnStudy, isBestOf, isPruned, type Valued, valued } from "./drawn-study.ts";
import { expectationOf } from "./expectation.ts";
import type { Figure, Option } from "./figure.ts";
import { beyondText, type LossScale, lossScaleOf } from "./loss-scale.ts";
import { paramAxes } from "./param-axis.ts";
import { mostImportantPlanes, type Plane, planesNamed } from "./planes.ts";
import { pointedTexts } from "./pointed.ts";
import { COLOR, SHADES, shadeAt } from "./style.ts";
import { rounded, shortened } from "./text.ts";
import { thinned, thinnedText } from "./thinned.ts";

/** In each plane; more hide each other. */
const MAX_DOTS = 500;
const COLUMNS = 3;
/** Of four params. */
const MAX_PLANES = 6;
/** One plane, in pixels, by how many stand side by side. */
const PLANE = [
  { width: 560, height: 400 },
  { width: 430, height: 330 },
  { width: 320, height: 270 },
] as const;
const MARGIN = { left: 8, top: 76, right: 96, bottom: 8 } as const;
/** Of a plane: what its axes take. */
const EDGE = { left: 84, right: 14, foot: 56 } as const;
/** Below this a model says too little to be drawn. */
const LEAST_EXPLAINED = 0.5;
/** Shades of what is expected, and how much of them is white, so that dots stand out. */
const LEVELS = 12;
const WHITE = 0.45;
const LETTERS = 22;
/** Of options that are spread out upward. */
const UPWARD = 0.754878;

/** What every plane is drawn from. */
interface Drawn {
  readonly study: DrawnStudy;
  /** The worst first: the best are drawn on top. */
  readonly drawn: readonly Valued[];
  /** In the same order. */
  readonly assignments: readonly Assignment[];
  readonly scale: LossScale;
  textOf(trial: Valued["trial"]): string;
}

/**
 * The loss over pairs of params, and behind it what a model expects there.
 *
 * @param params paths, of which every two are shown; null takes pairs of those that matter most
 * @returns null where no trial has a loss and two of the params
 */
export function contourFigure(study: DrawnStudy, params: readonly string[] | null = null): Figure | null {
  const all = valued(study);
  if (all.length === 0) return null;
  const losses = all.map(({ value }) => value);
  const ranked = all.toSorted((a, b) => compareLosses(study.direction, b.value, a.value));
  const drawn = thinned(ranked, MAX_DOTS, isBestOf(study));
  const assignments = drawn.map(({ trial }) => encode(study.space, trial.params));
  const textOf = pointedTexts(study, MAX_PLANES * drawn.length);
  const known = { study, drawn, assignments, scale: lossScaleOf(losses, study), textOf };
  const axes = paramAxes(study.space, assignments);
  const planes =
    params === null ? mostImportantPlanes(study, axes, assignments) : planesNamed(params, axes, assignments);
  if (planes.length === 0) return null;
  return { caption: captionOf(known, all), ...layout(known, planes) };
}

function captionOf({ study, scale }: Drawn, all: readonly Valued[]): string {
  const { metric, dependence } = study;
  const pruned = all.some(isPruned) ? " Pruned ones are hollow, at their last report." : "";
  const lead = `${shortened(metric, LETTERS)} over pairs of params, better ones darker, the best in a ring.`;
  return `${lead}${pruned}${modelText(dependence)}${thinnedText(all.length, MAX_DOTS)}${beyondText(scale)}`;
}

function modelText(dependence: DrawnStudy["dependence"]): string {
  if (dependence === null) return "";
  const { explained } = dependence;
  if (!(explained >= LEAST_EXPLAINED)) return " A model foretells too little of it to be drawn.";
  return ` Behind them: what a model expects, whatever the other params are; it foretells ${Math.round(100 * explained)} %.`;
}

function layout(known: Drawn, planes: readonly Plane[]): Omit<Figure, "caption"> {
  const columns = Math.min(COLUMNS, planes.length);
  const { width, height } = PLANE[columns - 1] ?? PLANE[2];
  const edge = width - EDGE.left - EDGE.right;
  const tall = height + Math.max(...planes.map(([across]) => slantOf(across, edge)));
  const room = Math.max(...planes.map(([, up]) => roomBeside(up)));
  const wide = width + room;
  return {
    width: MARGIN.left + columns * wide + MARGIN.right,
    height: MARGIN.top + Math.ceil(planes.length / columns) * tall + MARGIN.bottom,
    option: {
      visualMap: shades(known.scale, planes.length),
      grid: planes.map((_, index) => ({
        left: MARGIN.left + (index % columns) * wide + room + EDGE.left,
        top: MARGIN.top + Math.floor(index / columns) * tall,
        width: edge,
        height: height - EDGE.foot,
      })),
      xAxis: planes.map(([across], index) => ({ ...axisBelow(across, edge), gridIndex: index })),
      yAxis: planes.map(([, up], index) => ({ ...axisBeside(up), gridIndex: index })),
      series: planes.flatMap((plane, index) =>
        layers(known, plane).map((layer) => ({ ...layer, xAxisIndex: index, yAxisIndex: index })),
      ),
    },
  };
}

/** What is expected, pruned trials, the others, and a ring around the best. */
function layers(known: Drawn, plane: Plane): readonly [Option, Option, Option, Option] {
  const { best } = known.study;
  const dotsOf = (isDrawn: (each: Valued) => boolean): readonly Option[] => dots(known, plane, isDrawn);
  const edge = { borderColor: "#fff", borderWidth: 0.8, opacity: 1 };
  const ring = { color: "transparent", borderColor: COLOR.best, borderWidth: 2, opacity: 1 };
  return [
    background(known, plane),
    { type: "scatter", symbol: "emptyCircle", symbolSize: 6, data: dotsOf(isPruned) },
    { type: "scatter", symbolSize: 7, itemStyle: edge, data: dotsOf((each) => !isPruned(each)) },
    { type: "scatter", symbolSize: 12, itemStyle: ring, data: dotsOf(({ trial }) => trial.number === best?.number) },
  ];
}

/** Options of a choice are spread out, in another way across than up. */
function dots(
  { drawn, assignments, scale, textOf }: Drawn,
  [across, up]: Plane,
  isDrawn: (each: Valued) => boolean,
): readonly Option[] {
  return drawn.flatMap((each, index) => {
    const [x, y] = [assignments[index]?.[across.path], assignments[index]?.[up.path]];
    if (x === undefined || y === undefined || !isDrawn(each)) return [];
    const { number } = each.trial;
    const place = [drawable(x) + asideOf(across, number), drawable(y) + asideOf(up, number, UPWARD)];
    return [{ value: [...place, scale.goodness(each.value)], name: textOf(each.trial) }];
  });
}

/** A level above another, as areas that lie on one another. Nothing where the model says too little. */
function background({ study: { dependence }, assignments, scale }: Drawn, plane: Plane): Option {
  const own = { type: "custom", silent: true, z: 0, encode: { x: 0, y: 1 } };
  if (dependence === null || !(dependence.explained >= LEAST_EXPLAINED))
    return { ...own, data: [], renderItem: () => null };
  const field = expectationOf(dependence, plane, { assignments, heightOf: scale.goodness });
  const corner = [field.xs[0], field.ys[0]];
  const data = Array.from({ length: LEVELS }, (_, level) => [...corner, level / LEVELS]);
  return { ...own, data, renderItem: (_: unknown, canvas: Canvas) => area(field, canvas) };
}

/** What the charting library asks and answers where it draws an area. */
interface Canvas {
  value(dimension: number): number;
  coord(place: readonly number[]): readonly [number, number];
}

function area({ xs, ys, values }: Field, canvas: Canvas): Option {
  const level = canvas.value(2);
  const [x = 0, y = 0] = [xs[0], ys[0]];
  const onCanvas = {
    xs: xs.map((place) => canvas.coord([place, y])[0]),
    ys: ys.map((place) => canvas.coord([x, place])[1]),
    values,
  };
  const fill = shadeAt(level + 0.5 / LEVELS, WHITE);
  return { type: "path", shape: { pathData: areaAbove(onCanvas, level) }, style: { fill } };
}

function shades({ best, worst }: LossScale, planes: number): Option {
  return {
    ...{ type: "continuous", min: 0, max: 1, dimension: 2, inRange: { color: SHADES }, calculable: false },
    ...{ right: 12, top: MARGIN.top, itemHeight: 110, itemWidth: 12, text: [rounded(best), rounded(worst)] },
    seriesIndex: Array.from({ length: planes }, (_, index) => [4 * index + 1, 4 * index + 2]).flat(),
  };
}
