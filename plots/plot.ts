import { ParzenError, show } from "../src/errors.ts";
import { contourFigure } from "./contour.ts";
import { curvesFigure } from "./curves.ts";
import { checkPlottable, type DrawnStudy, type Plottable, type Reckoned, readStudy } from "./drawn-study.ts";
import { drawSvg } from "./echarts.ts";
import type { Figure } from "./figure.ts";
import { historyFigure } from "./history.ts";
import { escaped } from "./html.ts";
import { importanceFigure } from "./importance.ts";
import { PLOT_KINDS, type PlotKind } from "./kinds.ts";
import { parallelFigure } from "./parallel.ts";
import { checkedParams, type PlotOptions } from "./plot-options.ts";
import { slicesFigure } from "./slices.ts";
import { BASE, titleOf, withCaptionRoom } from "./style.ts";
import { timelineFigure } from "./timeline.ts";

const FIGURES: { readonly [K in PlotKind]: (study: DrawnStudy, params: readonly string[] | null) => Figure | null } = {
  history: historyFigure,
  timeline: timelineFigure,
  slices: slicesFigure,
  contour: contourFigure,
  parallel: parallelFigure,
  curves: curvesFigure,
  importance: importanceFigure,
};

const MISSING: { readonly [K in PlotKind]: string } = {
  history: "no trial has a loss yet",
  timeline: "no trial has begun yet",
  slices: "no trial has a loss yet",
  contour: "no trial has a loss and two of the params",
  parallel: "no trial has a loss yet",
  curves: "no trial has reported a finite value yet",
  importance: "too few trials have a loss to tell",
};

const RECKONED: { readonly [K in PlotKind]?: readonly Reckoned[] } = {
  parallel: ["importance"],
  contour: ["importance", "dependence"],
  importance: ["importance"],
};

/**
 * Draws a study as the text of an SVG file.
 *
 * @throws ParzenError with code NOTHING_TO_PLOT where no trial has what it takes; OPTION_INVALID for an unknown kind, for
 * params of another one than a contour, and for params that are none of the study's or not two to four
 */
export async function plot(study: Plottable, kind: PlotKind, options: PlotOptions = {}): Promise<string> {
  if (!PLOT_KINDS.includes(kind)) {
    throw new ParzenError("OPTION_INVALID", `plot: expected ${PLOT_KINDS.join(", ")}, received ${show(kind)}`);
  }
  checkPlottable(study);
  const params = checkedParams(study, kind, options);
  const drawn = draw(await readStudy(study, RECKONED[kind]), kind, params);
  if (drawn === null) throw new ParzenError("NOTHING_TO_PLOT", `study "${study.name}": ${MISSING[kind]}`);
  return drawn;
}

/** Null where no trial has what it takes. */
export function draw(study: DrawnStudy, kind: PlotKind, params: readonly string[] | null = null): string | null {
  const drawn = FIGURES[kind](study, params);
  if (drawn === null) return null;
  const figure = withCaptionRoom(drawn);
  const title = `${study.name}: ${kind}`;
  const svg = drawSvg({ ...BASE, title: titleOf(title, figure), ...figure.option }, figure, kind);
  const spoken = `<title>${escaped(`${title}. ${figure.caption}`)}</title>`; // what a screen reader says
  return svg.replace(/^<svg[^>]*>/, (root) => `${root}\n${spoken}`);
}
