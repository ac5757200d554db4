import type { StudyTrial } from "../src/study/study-trial.ts";
import type { TrialState } from "../src/trial/trial.ts";
import { bestOf, type DrawnStudy } from "./drawn-study.ts";
import type { Figure, Option } from "./figure.ts";
import { beyondText, type LossScale, lossScaleOf } from "./loss-scale.ts";
import { COLOR, legendOf, namedAxis } from "./style.ts";

/** What trials reported, step by step. Null where none did. */
export function curvesFigure(study: DrawnStudy): Figure | null {
  const told = study.trials.filter(({ reports }) => reports.some(({ value }) => Number.isFinite(value)));
  if (told.length === 0) return null;
  const values = told.flatMap(({ reports }) => reports.map(({ value }) => value)).filter(Number.isFinite);
  const scale = lossScaleOf(values, study);
  const best = bestOf(study)?.trial.number;
  const kinds = told.map(({ number, state }): Kind => (number === best ? "best" : state));
  const pruned = kinds.filter((kind) => kind === "pruned").length;
  const lead = pruned === 0 ? "What each trial reported." : `What each trial reported; ${pruned} were pruned.`;
  return {
    caption: `${lead}${beyondText(scale)}`,
    width: 880,
    height: 460,
    option: {
      grid: { left: 84, right: 32, top: 96, bottom: 56 },
      legend: legendOf([...new Set(kinds)].sort()),
      xAxis: { ...namedAxis("step", 32), type: "value", min: "dataMin", max: "dataMax", minInterval: 1 },
      yAxis: scale.axis,
      series: told.map((trial, index) => curve(trial, kinds[index] ?? trial.state, scale)),
    },
  };
}

/** What a curve is drawn as. */
type Kind = TrialState | "best";

function curve({ reports }: StudyTrial<unknown>, kind: Kind, scale: LossScale): Option {
  const isBest = kind === "best";
  return {
    ...{ name: kind, type: "line", showSymbol: reports.length === 1, symbolSize: 5, z: isBest ? 3 : 2 },
    lineStyle: { color: COLOR[kind], width: isBest ? 2.5 : 1, opacity: isBest ? 1 : 0.55 },
    itemStyle: { color: COLOR[kind] },
    data: reports.map(({ step, value }) => [step, Number.isFinite(value) ? scale.place(value) : null]),
  };
}
