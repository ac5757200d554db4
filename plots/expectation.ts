import type { Dependence } from "../src/importance/dependence.ts";
import type { Assignment } from "../src/space/assignment.ts";
import type { Field } from "./area.ts";
import { areLogarithmic, drawable } from "./drawable.ts";
import type { ParamAxis } from "./param-axis.ts";

/** Places along an axis of numbers at which the model is asked. */
const PLACES = 20;

/** Where along an axis, and for which value of its param. */
interface Asked {
  readonly place: number;
  readonly value: number;
}

/**
 * What a model expects over the plane of two params: as far as the space has bounds, or as trials went.
 *
 * @param heightOf of an expected loss, in the figures of the field
 */
export function expectationOf(
  dependence: Dependence,
  [across, up]: readonly [ParamAxis, ParamAxis],
  { assignments, heightOf }: { readonly assignments: readonly Assignment[]; heightOf(loss: number): number },
): Field {
  const [columns, rows] = [askedAlong(across, assignments), askedAlong(up, assignments)];
  const values = rows.map((row) =>
    columns.map((column) => {
      const expected = dependence.expected({ [across.path]: column.value, [up.path]: row.value });
      return expected === null || !Number.isFinite(expected) ? null : heightOf(expected);
    }),
  );
  return { xs: columns.map(({ place }) => place), ys: rows.map(({ place }) => place), values };
}

/** Both ends of each option; whole numbers, where they are few; or evenly from end to end. */
function askedAlong({ path, labels, scale }: ParamAxis, assignments: readonly Assignment[]): readonly Asked[] {
  if (labels !== null) {
    return labels.flatMap((_, value) => [
      { place: value - 0.5, value },
      { place: value + 0.5, value },
    ]);
  }
  const tried = assignments.flatMap((assignment) => assignment[path] ?? []);
  const [low, high] = endsOf(scale, tried);
  const isWhole = scale["minInterval"] === 1;
  const count = isWhole ? Math.min(PLACES, high - low + 1) : PLACES;
  const isLog = scale["type"] === "log" && areLogarithmic([low, high]);
  return Array.from({ length: count }, (_, index) => {
    const part = count === 1 ? 0 : index / (count - 1);
    const place = isLog ? low * (high / low) ** part : low + part * (high - low);
    return { place, value: isWhole ? Math.round(place) : place };
  });
}

function endsOf({ min, max }: ParamAxis["scale"], tried: readonly number[]): readonly [number, number] {
  if (typeof min === "number" && typeof max === "number") return [min, max];
  const least = tried.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const most = tried.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  return [drawable(least), drawable(most)];
}
