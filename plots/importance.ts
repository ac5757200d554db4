import type { DrawnStudy } from "./drawn-study.ts";
import type { Figure, Option } from "./figure.ts";
import { COLOR, legendOf, namedAxis } from "./style.ts";

/** Height of one param, in pixels. */
const BAR = 38;
/** Width of a letter of its path, at the most, and how many are shown. */
const LETTER = 7.5;
const MAX_LETTERS = 40;

/** How much each param matters, the most important first. Null with too few trials to tell. */
export function importanceFigure({ importance }: DrawnStudy): Figure | null {
  if (importance === null) return null;
  const { params, trials, explained } = importance;
  const known = `A model of the ${trials} trials foretells ${percent(Math.max(0, explained))} of how their losses differ.`;
  const longest = Math.max(...params.map(({ path }) => path.length));
  return {
    caption: known,
    width: 760,
    height: 140 + BAR * params.length,
    option: {
      grid: {
        left: 24 + LETTER * Math.min(MAX_LETTERS, longest),
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
        axisLabel: { formatter: percent },
      },
      yAxis: { ...PATHS, data: params.map(({ path }) => path) },
      series: [
        { ...bars("with others", COLOR.complete), data: params.map((param) => param.importance) },
        { ...bars("alone", COLOR.pale), data: params.map((param) => param.alone) },
      ],
    },
  };
}

const PATHS: Option = {
  ...{ type: "category", inverse: true, axisTick: { show: false } },
  axisLabel: { width: LETTER * MAX_LETTERS, overflow: "truncate", color: COLOR.text },
};

function bars(name: string, color: string): Option {
  return { name, type: "bar", barMaxWidth: 14, itemStyle: { color } };
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
