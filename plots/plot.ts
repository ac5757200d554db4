import { ParzenError } from "../src/errors.ts";
import { curvesFigure } from "./curves.ts";
import { type DrawnStudy, type Plottable, readStudy } from "./drawn-study.ts";
import { drawSvg } from "./echarts.ts";
import type { Figure } from "./figure.ts";
import { historyFigure } from "./history.ts";
import { escaped } from "./html.ts";
import { importanceFigure } from "./importance.ts";
import { PLOT_KINDS, type PlotKind } from "./kinds.ts";
import { parallelFigure } from "./parallel.ts";
import { slicesFigure } from "./slices.ts";
import { BASE, titleOf } from "./style.ts";
import { timelineFigure } from "./timeline.ts";

const FIGURES: { readonly [K in PlotKind]: (study: DrawnStudy) => Figure | null } = {
  history: historyFigure,
  timeline: timelineFigure,
  slices: slicesFigure,
  parallel: parallelFigure,
  curves: curvesFigure,
  importance: importanceFigure,
};

const MISSING: { readonly [K in PlotKind]: string } = {
  history: "no trial has a loss yet",
  timeline: "no trial has begun yet",
  slices: "no trial has a loss yet",
  parallel: "no trial has a loss yet",
  curves: "no trial has reported a finite value yet",
  importance: "too few trials have a loss to tell",
};

const WITH_IMPORTANCE: readonly PlotKind[] = ["parallel", "importance"];

/**
 * Draws a study as the text of an SVG file.
 *
 * @throws ParzenError with code NOTHING_TO_PLOT where no trial has what it takes; OPTION_INVALID for an unknown kind
 */
export async function plot(study: Plottable, kind: PlotKind): Promise<string> {
  if (!PLOT_KINDS.includes(kind)) {
    throw new ParzenError("OPTION_INVALID", `plot: expected ${PLOT_KINDS.join(", ")}, received ${String(kind)}`);
  }
  const drawn = draw(await readStudy(study, WITH_IMPORTANCE.includes(kind)), kind);
  if (drawn === null) throw new ParzenError("NOTHING_TO_PLOT", `study "${study.name}": ${MISSING[kind]}`);
  return drawn;
}

/** Null where no trial has what it takes. */
export function draw(study: DrawnStudy, kind: PlotKind): string | null {
  const figure = FIGURES[kind](study);
  if (figure === null) return null;
  const title = `${study.name}: ${kind}`;
  const svg = drawSvg({ ...BASE, title: titleOf(title, figure), ...figure.option }, figure, kind);
  const spoken = `<title>${escaped(`${title}. ${figure.caption}`)}</title>`; // what a screen reader says
  return svg.replace(/^<svg[^>]*>/, (root) => `${root}\n${spoken}`);
}
