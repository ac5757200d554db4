import type { StudyTrial } from "../src/study/study-trial.ts";
import type { TrialState } from "../src/trial/trial.ts";
import type { DrawnStudy } from "./drawn-study.ts";
import type { Figure, Option } from "./figure.ts";
import { beyondText, type LossScale, lossScaleOf } from "./loss-scale.ts";
import { COLOR, legendOf, namedAxis, WIDE, WIDE_GRID } from "./style.ts";
import { thinned, thinnedText } from "./thinned.ts";

/** More hide each other. */
const MAX_CURVES = 500;

/** What trials reported, step by step. Null where none did. */
export function curvesFigure(study: DrawnStudy): Figure | null {
  const told = study.trials.filter(({ reports }) => reports.some(({ value }) => Number.isFinite(value)));
  if (told.length === 0) return null;
  const values = told.flatMap(({ reports }) => reports.map(({ value }) => value)).filter(Number.isFinite);
  const scale = lossScaleOf(values, study);
  const best = study.best?.number;
  const drawn = thinned(told, MAX_CURVES, ({ number }) => number === best);
  const kinds = drawn.map(({ number, state }): Kind => (number === best ? "best" : state));
  const pruned = told.filter(({ state }) => state === "pruned").length;
  const lead = pruned === 0 ? "What each trial reported." : `What each trial reported; ${pruned} were pruned.`;
  return {
    caption: `${lead}${thinnedText(told.length, MAX_CURVES)}${beyondText(scale)}`,
    ...WIDE,
    option: {
      grid: WIDE_GRID,
      legend: legendOf([...new Set(kinds)].sort()),
      xAxis: { ...namedAxis("step", 32), type: "value", min: "dataMin", max: "dataMax", minInterval: 1 },
      yAxis: scale.axis,
      series: drawn.map((trial, index) => curve(trial, kinds[index] ?? trial.state, scale)),
    },
  };
}

/** What a curve is drawn as. */
type Kind = TrialState | "best";

function curve({ reports }: StudyTrial<unknown>, kind: Kind, scale: LossScale): Option {
  const isBest = kind === "best";
  const isTold = (index: number): boolean => Number.isFinite(reports[index]?.value);
  const isLone = (index: number): boolean => !isTold(index - 1) && !isTold(index + 1);
  return {
    ...{ name: kind, type: "line", clip: false, symbolSize: 5, z: isBest ? 3 : 2 },
    showSymbol: reports.some((_, index) => isLone(index)),
    symbol: (_: unknown, { dataIndex }: { readonly dataIndex: number }) => (isLone(dataIndex) ? "circle" : "none"),
    lineStyle: { color: COLOR[kind], width: isBest ? 2.5 : 1, opacity: isBest ? 1 : 0.55 },
    itemStyle: { color: COLOR[kind] },
    data: reports.map(({ step, value }) => [step, Number.isFinite(value) ? scale.place(value) : null]),
  };
}
