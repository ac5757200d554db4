import type { TrialState } from "../src/trial/trial.ts";
import { attemptsOf, type Row, rowsOf, type TrialAttempt } from "./attempts.ts";
import type { DrawnStudy } from "./drawn-study.ts";
import type { Figure, Option } from "./figure.ts";
import { pointedTexts } from "./pointed.ts";
import { COLOR, legendOf, namedAxis, WIDE } from "./style.ts";
import { shortened, tickText } from "./text.ts";
import { durationText, lengthOf, type WorkingTime, workingTime } from "./working-time.ts";

/** A row of a few, and the least of one of many; all of them, in pixels. */
const ROW = { most: 26, least: 4, all: 620 } as const;
/** More are not drawn. */
const MAX_ROWS = 200;
const MARGIN = { left: 24, right: 32, top: 104, bottom: 56 } as const;
/** Width of a letter of a row's name, and how many are shown. */
const LETTER = 7.5;
const MAX_LETTERS = 24;
/** Labels of pauses that are nearer to one another, in pixels, would overlap. */
const PAUSE_GAP = 52;

/** When each trial ran, a row a slot. Null where none has begun. */
export function timelineFigure(study: DrawnStudy): Figure | null {
  const attempts = attemptsOf(study);
  if (attempts.length === 0) return null;
  const time = workingTime(attempts);
  const rows = rowsOf(attempts);
  const drawn = rows.slice(0, MAX_ROWS);
  const names = drawn.map(({ name }) => shortened(name, MAX_LETTERS));
  const left = MARGIN.left + LETTER * Math.max(...names.map(({ length }) => length));
  const high = Math.max(ROW.least, Math.min(ROW.most, Math.floor(ROW.all / drawn.length)));
  const series = barsOf(study, drawn, time);
  const marks = pauseMarks(time, WIDE.width - left - MARGIN.right);
  return {
    caption: captionOf(study, { attempts, rows, time }),
    width: WIDE.width,
    height: MARGIN.top + high * drawn.length + MARGIN.bottom,
    option: {
      grid: { ...MARGIN, left, outerBoundsMode: "none" },
      legend: legendOf(series.map(({ name }) => name)),
      xAxis: timeAxis(time),
      yAxis: { ...PLACES, data: names },
      series: series.map((bars, index) => (index === 0 ? { ...bars, markLine: marks } : bars)),
    },
  };
}

const PLACES: Option = {
  ...{ type: "category", inverse: true, axisTick: { show: false }, axisLabel: { color: COLOR.text } },
};

/** What a bar is drawn as. */
type Kind = TrialState | "best";

/** A series for each kind of bar: what is drawn of one says its row, its beginning and end, and which attempt it was. */
function barsOf(
  study: DrawnStudy,
  rows: readonly Row[],
  { unit, at }: WorkingTime,
): readonly (Option & { readonly name: Kind })[] {
  const textOf = pointedTexts(study, study.trials.length);
  const bars = rows.flatMap(({ attempts }, row) =>
    attempts.map(({ trial, fromMs, toMs }) => ({
      name: `${textOf(trial)}\nran ${durationText(toMs - fromMs)}`,
      kind: trial.number === study.best?.number ? ("best" as const) : trial.state,
      value: [row, at(fromMs) / unit.ms, at(toMs) / unit.ms, trial.attempt],
    })),
  );
  return [...new Set(bars.map(({ kind }) => kind))].sort().map((name) => ({
    ...{ name, type: "custom", clip: true, itemStyle: { color: COLOR[name] }, renderItem: bar },
    encode: { x: [1, 2], y: 0 },
    data: bars.filter(({ kind }) => kind === name).map(({ value, name: text }) => ({ value, name: text })),
  }));
}

interface Seen {
  readonly attempts: readonly TrialAttempt[];
  readonly rows: readonly Row[];
  readonly time: WorkingTime;
}

function captionOf({ trials }: DrawnStudy, { attempts, rows, time }: Seen): string {
  const again = attempts.filter(({ trial }) => trial.attempt > 1).length;
  const begunBefore = again === 1 ? "is the last attempt of one that" : `are last attempts of ${again} that`;
  const outlined = again === 0 ? "" : ` Outlined ${begunBefore} had begun before.`;
  const queued = trials.filter(({ state }) => state === "queued").length;
  const waiting = queued === 0 ? "" : ` ${queued} ${queued === 1 ? "waits" : "wait"}.`;
  const never = trials.length - attempts.length - queued;
  const missing = never === 0 ? "" : ` ${never} ended before ${never === 1 ? "it" : "they"} began.`;
  const hidden = rows.length <= MAX_ROWS ? "" : ` Drawn are ${MAX_ROWS} of ${rows.length} rows.`;
  return `${leadOf(rows, time)}${pausesText(time)}${outlined}${waiting}${missing}${hidden}`;
}

/** Rows of `ask()` are no places that could be idle. */
function leadOf(rows: readonly Row[], { totalMs }: WorkingTime): string {
  const busyMs = rows.flatMap(({ attempts }) => attempts).reduce((sum, attempt) => sum + lengthOf(attempt), 0);
  const share = Math.round((100 * busyMs) / (totalMs * rows.length));
  const isAsked = rows.some(({ attempts }) => attempts.some(({ trial }) => "slot" in trial && trial.slot === null));
  return isAsked ? "When each trial ran." : `A row a slot, busy ${share} % of the time.`;
}

function pausesText({ pauses }: WorkingTime): string {
  if (pauses.length === 0) return "";
  const long = durationText(pauses.reduce((sum, pause) => sum + lengthOf(pause), 0));
  return pauses.length === 1
    ? ` A pause of ${long} is left out, at the dashed line.`
    : ` ${pauses.length} pauses are left out, at the dashed lines, ${long} in all.`;
}

function timeAxis({ pauses, unit, totalMs }: WorkingTime): Option {
  const without = pauses.length === 0 ? "" : ", without pauses";
  return {
    ...namedAxis(`${unit.name} since the first trial began${without}`, 32),
    ...{ type: "value", min: 0, max: totalMs / unit.ms },
    axisLabel: { color: COLOR.text, formatter: tickText, showMaxLabel: false },
  };
}

/** A line where a pause was, with its length where there is room. @param width of the axis, in pixels */
function pauseMarks({ unit, at, totalMs, pauses }: WorkingTime, width: number): Option {
  let free = 0;
  const data = pauses.map((pause) => {
    const place = (at(pause.fromMs) / totalMs) * width;
    const show = place >= free;
    if (show) free = place + PAUSE_GAP;
    return { xAxis: at(pause.fromMs) / unit.ms, label: { show, formatter: durationText(lengthOf(pause)) } };
  });
  return {
    ...{ silent: true, symbol: "none", animation: false, data },
    lineStyle: { type: "dashed", color: COLOR.text, width: 1 },
    label: { position: "start", color: COLOR.text, fontSize: 11 },
  };
}

/** What the charting library asks and answers where it draws a bar. */
interface Canvas {
  value(dimension: number): number;
  coord(place: readonly number[]): readonly number[];
  size(extent: readonly number[]): readonly number[];
  visual(name: "color"): string;
}

/** An outline for a trial that had begun before; a bright edge keeps neighbours apart. */
function bar(_: unknown, canvas: Canvas): Option {
  const row = canvas.value(0);
  const [x = 0, y = 0] = canvas.coord([canvas.value(1), row]);
  const [end = 0] = canvas.coord([canvas.value(2), row]);
  const [, band = 0] = canvas.size([0, 1]);
  const [width, height] = [Math.max(1, end - x), Math.max(1, band * 0.76)];
  const isAgain = canvas.value(3) > 1;
  const edge = isAgain ? { stroke: COLOR.text, lineWidth: 1.5 } : { stroke: "#fff", lineWidth: width > 3 ? 1 : 0 };
  return {
    ...{ type: "rect", shape: { x, y: y - height / 2, width, height } },
    style: { fill: canvas.visual("color"), ...edge },
  };
}
