import type { Dependence } from "../src/importance/dependence.ts";
import type { Assignment } from "../src/space/assignment.ts";
import { areaAbove, type Field } from "./area.ts";
import { asideOf } from "./cell-axis.ts";
import { drawable } from "./drawable.ts";
import { type DrawnStudy, isPruned, type Valued } from "./drawn-study.ts";
import { expectationOf } from "./expectation.ts";
import type { Option } from "./figure.ts";
import type { LossScale } from "./loss-scale.ts";
import type { Plane } from "./planes.ts";
import { COLOR, shadeAt } from "./style.ts";

/** Below this a model says too little to be drawn. */
const LEAST_EXPLAINED = 0.5;
/** Shades of what is expected, and how much of them is white, so that dots stand out. */
const LEVELS = 12;
const WHITE = 0.45;
/** Of options that are spread out upward. */
const UPWARD = 0.754878;

/** What every plane is drawn from. */
export interface Drawn {
  readonly study: DrawnStudy;
  /** The worst first: the best are drawn on top. */
  readonly drawn: readonly Valued[];
  /** In the same order. */
  readonly assignments: readonly Assignment[];
  readonly scale: LossScale;
  textOf(trial: Valued["trial"]): string;
}

/** Whether a model says enough of the loss to be drawn. */
export function foretells({ explained }: Dependence): boolean {
  return explained >= LEAST_EXPLAINED;
}

/** What is expected, pruned trials, the others, and a ring around the best. */
export function layers(known: Drawn, plane: Plane): readonly [Option, Option, Option, Option] {
  const { best } = known.study;
  const dotsOf = (isDrawn: (each: Valued) => boolean): readonly Option[] => dots(known, plane, isDrawn);
  const edge = { borderColor: "#fff", borderWidth: 0.8, opacity: 1 };
  const ring = { color: "transparent", borderColor: COLOR.best, borderWidth: 2, opacity: 1 };
  return [
    background(known, plane),
    { type: "scatter", symbol: "emptyCircle", symbolSize: 6, data: dotsOf(isPruned) },
    { type: "scatter", symbolSize: 7, itemStyle: edge, data: dotsOf((each) => !isPruned(each)) },
    { type: "scatter", symbolSize: 12, itemStyle: ring, data: dotsOf(({ trial }) => trial.number === best?.number) },
  ];
}

/** Options of a choice are spread out, in another way across than up. */
function dots(
  { drawn, assignments, scale, textOf }: Drawn,
  [across, up]: Plane,
  isDrawn: (each: Valued) => boolean,
): readonly Option[] {
  return drawn.flatMap((each, index) => {
    const [x, y] = [assignments[index]?.[across.path], assignments[index]?.[up.path]];
    if (x === undefined || y === undefined || !isDrawn(each)) return [];
    const { number } = each.trial;
    const place = [drawable(x) + asideOf(across, number), drawable(y) + asideOf(up, number, UPWARD)];
    return [{ value: [...place, scale.goodness(each.value)], name: textOf(each.trial) }];
  });
}

/** A level above another, as areas that lie on one another. Nothing where the model says too little. */
function background({ study: { dependence }, assignments, scale }: Drawn, plane: Plane): Option {
  const own = { type: "custom", silent: true, z: 0, encode: { x: 0, y: 1 } };
  if (dependence === null || !foretells(dependence)) return { ...own, data: [], renderItem: () => null };
  const field = expectationOf(dependence, plane, { assignments, heightOf: scale.goodness });
  const corner = [field.xs[0], field.ys[0]];
  const data = Array.from({ length: LEVELS }, (_, level) => [...corner, level / LEVELS]);
  return { ...own, data, renderItem: (_: unknown, canvas: Canvas) => area(field, canvas) };
}

/** What the charting library asks and answers where it draws an area. */
interface Canvas {
  value(dimension: number): number;
  coord(place: readonly number[]): readonly [number, number];
}

function area({ xs, ys, values }: Field, canvas: Canvas): Option {
  const level = canvas.value(2);
  const [x = 0, y = 0] = [xs[0], ys[0]];
  const onCanvas = {
    xs: xs.map((place) => canvas.coord([place, y])[0]),
    ys: ys.map((place) => canvas.coord([x, place])[1]),
    values,
  };
  const fill = shadeAt(level + 0.5 / LEVELS, WHITE);
  return { type: "path", shape: { pathData: areaAbove(onCanvas, level) }, style: { fill } };
}
