import { encode } from "../src/space/encode.ts";
import { axisBelow, axisBeside, roomBeside, slantOf } from "./cell-axis.ts";
import { type Drawn, foretells, layers } from "./contour-layers.ts";
import { compareLosses, type DrawnStudy, isBestOf, isPruned, type Valued, valued } from "./drawn-study.ts";
import type { Figure, Option } from "./figure.ts";
import { beyondText, type LossScale, trialScaleOf } from "./loss-scale.ts";
import { paramAxes } from "./param-axis.ts";
import { mostImportantPlanes, type Plane, planesNamed } from "./planes.ts";
import { pointedTexts } from "./pointed.ts";
import { SHADES } from "./style.ts";
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
const LETTERS = 22;

/**
 * The loss over pairs of params, and behind it what a model expects there.
 *
 * @param params paths, of which every two are shown; null takes pairs of those that matter most
 * @returns null where no trial has a loss and two of the params
 */
export function contourFigure(study: DrawnStudy, params: readonly string[] | null = null): Figure | null {
  const all = valued(study);
  if (all.length === 0) return null;
  const ranked = all.toSorted((a, b) => compareLosses(study.direction, b.value, a.value));
  const drawn = thinned(ranked, MAX_DOTS, isBestOf(study));
  const assignments = drawn.map(({ trial }) => encode(study.space, trial.params));
  const textOf = pointedTexts(study, MAX_PLANES * drawn.length);
  const known = { study, drawn, assignments, scale: trialScaleOf(all, study), textOf };
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
  if (!foretells(dependence)) return " A model foretells too little of it to be drawn.";
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

function shades({ best, worst }: LossScale, planes: number): Option {
  return {
    ...{ type: "continuous", min: 0, max: 1, dimension: 2, inRange: { color: SHADES }, calculable: false },
    ...{ right: 12, top: MARGIN.top, itemHeight: 110, itemWidth: 12, text: [rounded(best), rounded(worst)] },
    seriesIndex: Array.from({ length: planes }, (_, index) => [4 * index + 1, 4 * index + 2]).flat(),
  };
}
