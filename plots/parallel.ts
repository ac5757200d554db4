import { encode } from "../src/space/encode.ts";
import { drawable } from "./drawable.ts";
import { compareLosses, type DrawnStudy, isBestOf, isPruned, valued } from "./drawn-study.ts";
import type { Figure, Option } from "./figure.ts";
import { beyondText, type LossScale, trialScaleOf } from "./loss-scale.ts";
import { type ParamAxis, paramAxes } from "./param-axis.ts";
import { polylineOf } from "./polyline.ts";
import { COLOR, namedAxis, SHADES } from "./style.ts";
import { shortened, tickText } from "./text.ts";
import { thinned, thinnedText } from "./thinned.ts";

/** More axes side by side cannot be told apart. */
const MAX_PARAMS = 12;
/** More lines hide each other. */
const MAX_LINES = 300;
const AXIS_GAP = 120;
const TALL = 460;
/** As many fit between two axes. */
const LETTERS = 15;
const LINE: Option = { type: "parallel", smooth: 0.1, lineStyle: { width: 1.4, opacity: 0.6 } };
const GAP: Option = { type: "parallel", z: 1, lineStyle: { width: 1, opacity: 0.4, type: [2, 4] } };
/** Lines run behind the labels of the axes. */
const LABEL: Option = { color: COLOR.text, backgroundColor: "#ffffffcc", padding: [1, 3] };

/** A line a trial, from param to param to its loss, better ones darker. Null without a loss. */
export function parallelFigure(study: DrawnStudy): Figure | null {
  const { metric, direction, space } = study;
  const all = valued(study);
  if (all.length === 0) return null;
  const scale = trialScaleOf(all, study);
  const ranked = all.toSorted((a, b) => compareLosses(direction, b.value, a.value)); // the best are drawn on top
  const drawn = thinned(ranked, MAX_LINES, isBestOf(study));
  const lines = drawn.map(({ trial, value }) => ({ value, assignment: encode(space, trial.params) }));
  const axes = paramAxes(
    space,
    lines.map(({ assignment }) => assignment),
  );
  const shown = mostImportant(study, axes);
  const losses = lines.map(({ value }) => scale.place(value));
  const parts = lines.map(({ assignment }, index) => {
    const loss = losses[index] ?? null;
    const { runs, gaps } = polylineOf([...shown.map(({ path }) => placed(assignment[path])), loss]);
    const data = (part: readonly (number | null)[]) => [...part.map((value, axis) => onAxis(value, shown[axis])), loss];
    return { runs: runs.map(data), gaps: gaps.map(data) };
  });
  const gaps = parts.flatMap((part) => part.gaps);
  const passing = gaps.length === 0 ? "" : " Dotted past params that a trial has not.";
  const pruned = all.some(isPruned) ? " Pruned ones are at their last report." : "";
  const notDrawn = `${thinnedText(all.length, MAX_LINES)}${leftOut(study, axes.length)}`;
  return {
    caption: `A line a trial, better ones darker.${passing}${pruned}${notDrawn}${beyondText(scale)}`,
    width: Math.max(640, AXIS_GAP * (shown.length + 1)),
    height: TALL,
    option: {
      parallel: { left: 64, right: 96, top: 112, bottom: 40 },
      parallelAxis: [...shown.map(paramAxis), lossAxis(metric, scale)].map((axis, dim) => ({ ...axis, dim })),
      visualMap: shades(losses, direction, shown.length + 1),
      series: [
        { ...LINE, data: parts.flatMap((part) => part.runs) },
        ...(gaps.length === 0 ? [] : [{ ...GAP, data: gaps }]),
      ],
    },
  };
}

function leftOut({ importance }: DrawnStudy, params: number): string {
  if (params <= MAX_PARAMS) return "";
  const shown = importance === null ? `first ${MAX_PARAMS} params` : `${MAX_PARAMS} params that matter most`;
  const left = params - MAX_PARAMS;
  return ` The ${shown}, ${left} ${left === 1 ? "is" : "are"} left out.`;
}

/** Without a word on what matters, the first. */
function mostImportant({ importance }: DrawnStudy, axes: readonly ParamAxis[]): readonly ParamAxis[] {
  if (axes.length <= MAX_PARAMS) return axes;
  const ranked = importance?.params.map(({ path }) => path) ?? axes.map(({ path }) => path);
  const kept = new Set(ranked.slice(0, MAX_PARAMS));
  return axes.filter(({ path }) => kept.has(path));
}

function axisOf(name: string): Option {
  const formatter = (value: number | string): string =>
    typeof value === "number" ? tickText(value) : shortened(value, LETTERS);
  return { ...namedAxis(shortened(name, LETTERS), 16), nameLocation: "end", axisLabel: { ...LABEL, formatter } };
}

function paramAxis({ path, labels, scale }: ParamAxis): Option {
  if (labels !== null) return { ...axisOf(path), type: "category", data: labels };
  return { ...axisOf(path), ...scale };
}

/** The last one: no lines run behind its labels. */
function lossAxis(metric: string, { axis }: LossScale): Option {
  return { ...axis, name: shortened(metric, LETTERS), nameLocation: "end", nameGap: 16 };
}

/** Null for a param that a trial has not. */
function placed(given: number | undefined): number | null {
  return given === undefined ? null : drawable(given);
}

/** What the charting library takes for nothing on an axis of numbers is no null. */
function onAxis(value: number | null, axis: ParamAxis | undefined): number | null {
  return value === null && axis?.labels === null ? Number.NaN : value;
}

/** @param losses the worst first */
function shades(losses: readonly number[], direction: DrawnStudy["direction"], dimension: number): Option {
  const [min = 0, max = 0] = [losses[0], losses.at(-1)].sort((a = 0, b = 0) => a - b);
  const color = direction === "minimize" ? SHADES.toReversed() : SHADES;
  return { show: false, type: "continuous", min, max: max > min ? max : min + 1, dimension, inRange: { color } };
}
