import type { DrawnStudy } from "./drawn-study.ts";
import type { Figure, Option } from "./figure.ts";
import { COLOR, legendOf, namedAxis } from "./style.ts";
import { shortened } from "./text.ts";

/** Height of one param, in pixels. */
const BAR = 38;
/** Width of a letter of its path, and how many are shown. */
const LETTER = 7.5;
const MAX_LETTERS = 40;

/** How much each param matters, the most important first. Null with too few trials to tell. */
export function importanceFigure({ importance }: DrawnStudy): Figure | null {
  if (importance === null) return null;
  const { params, trials, explained } = importance;
  const known = `A model of the ${trials} trials foretells ${percent(Math.max(0, explained))} of how their losses differ.`;
  const names = params.map(({ path }) => shortened(path, MAX_LETTERS));
  const longest = Math.max(...names.map(({ length }) => length));
  return {
    caption: known,
    width: 760,
    height: 140 + BAR * params.length,
    option: {
      grid: {
        left: 24 + LETTER * longest,
        right: 56,
        top: 92,
        bottom: 44,
        outerBoundsMode: "none",
      },
      legend: legendOf(["with others", "alone"]),
      xAxis: {
        ...namedAxis("part of the variance of the loss", 28),
        type: "value",
        min: 0,
        axisLabel: { color: COLOR.text, formatter: percent },
      },
      yAxis: { ...PATHS, data: names },
      series: [
        { ...bars("with others", COLOR.complete), data: params.map((param) => param.importance) },
        { ...bars("alone", COLOR.pale), data: params.map((param) => param.alone) },
      ],
    },
  };
}

const PATHS: Option = {
  ...{ type: "category", inverse: true, axisTick: { show: false } },
  axisLabel: { color: COLOR.text },
};

function bars(name: string, color: string): Option {
  return { name, type: "bar", barMaxWidth: 14, itemStyle: { color } };
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
