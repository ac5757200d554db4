import { compareLosses, type DrawnStudy, type Valued, valued } from "./drawn-study.ts";
import type { Figure, Option } from "./figure.ts";
import { beyondText, type LossScale, trialScaleOf } from "./loss-scale.ts";
import { pointedTexts } from "./pointed.ts";
import { COLOR, legendOf, namedAxis, WIDE, WIDE_GRID } from "./style.ts";
import { rounded } from "./text.ts";

/** What each trial came to, by number, and the best so far. Null without a loss. */
export function historyFigure(study: DrawnStudy): Figure | null {
  const { trials, best } = study;
  const all = valued(study);
  if (all.length === 0) return null;
  const scale = trialScaleOf(all, study);
  const of = (state: string): readonly Valued[] => all.filter(({ trial }) => trial.state === state);
  const textOf = pointedTexts(study, trials.length);
  const failed = trials
    .filter(({ state }) => state === "failed")
    .map((trial) => ({ value: [trial.number, 0], name: textOf(trial) }));
  const dots = (state: "complete" | "pruned"): Option => ({
    ...dotStyle(state),
    data: of(state).map(({ trial, value }) => ({ value: [trial.number, scale.place(value)], name: textOf(trial) })),
  });
  const lead = best === null ? "No trial is complete yet." : `The best is trial ${best.number}: ${rounded(best.loss)}.`;
  return {
    caption: `${lead}${beyondText(scale)}`,
    ...WIDE,
    option: {
      grid: WIDE_GRID,
      legend: legendOf(namesOf(of, failed.length)),
      xAxis: { ...namedAxis("trial", 32), type: "value", min: 0, max: Math.max(1, trials.length - 1), minInterval: 1 },
      yAxis: [scale.axis, { show: false, min: 0, max: 1 }],
      series: [
        dots("complete"),
        { ...dots("pruned"), symbol: "emptyCircle" },
        { ...dotStyle("failed"), symbol: "triangle", symbolOffset: [0, -4], yAxisIndex: 1, data: failed },
        bestSoFar(study, scale),
      ],
    },
  };
}

function namesOf(of: (state: string) => readonly Valued[], failed: number): readonly string[] {
  const states = ["complete", "pruned"].filter((state) => of(state).length > 0);
  const ends = failed > 0 ? [...states, "failed"] : states;
  return of("complete").length > 0 ? [...ends, "best so far"] : ends;
}

function dotStyle(state: "complete" | "pruned" | "failed"): Option {
  return {
    name: state,
    type: "scatter",
    symbolSize: 7,
    itemStyle: { color: COLOR[state], opacity: 0.75 },
  };
}

/** A step wherever a trial is better than all before it, up to the last trial. */
function bestSoFar({ direction, trials }: DrawnStudy, scale: LossScale): Option {
  const steps: [number, number][] = [];
  let best: number | null = null;
  for (const { trial, value } of valued({ trials })) {
    if (trial.state !== "complete" || !(best === null || compareLosses(direction, value, best) < 0)) continue;
    best = value;
    steps.push([trial.number, scale.place(value)]);
  }
  if (best !== null) steps.push([trials.length - 1, scale.place(best)]);
  const style = { lineStyle: { color: COLOR.best, width: 2 }, itemStyle: { color: COLOR.best } };
  return { name: "best so far", type: "line", step: "end", showSymbol: false, data: steps, ...style };
}
