/** Figures over a plane, on a grid. */
export interface Field {
  /** Where its columns are, in order; two at one place are the sides of a jump. */
  readonly xs: readonly number[];
  /** Where its rows are, likewise. */
  readonly ys: readonly number[];
  /** By row, then by column; null where there is none. */
  readonly values: readonly (readonly (number | null)[])[];
}

type Corner = readonly [x: number, y: number, value: number];

/** The area where a field is at least `level`, straight between its places, as the data of an SVG path. */
export function areaAbove(field: Field, level: number): string {
  const parts: string[] = [];
  for (let row = 0; row + 1 < field.ys.length; row++) {
    let full: { readonly from: Corner; to: Corner } | null = null;
    for (let column = 0; column + 1 < field.xs.length; column++) {
      const corners = cornersOf(field, row, column);
      const isFull = corners?.every(([, , value]) => value >= level) === true;
      if (isFull && corners !== null) {
        full ??= { from: corners[0], to: corners[2] };
        full.to = corners[2];
        continue;
      }
      if (full !== null) parts.push(boxPath(full.from, full.to));
      full = null;
      if (corners !== null) parts.push(cutPath(corners, level));
    }
    if (full !== null) parts.push(boxPath(full.from, full.to));
  }
  return parts.join("");
}

/** All the way round; null where one of them has no figure. */
function cornersOf(field: Field, row: number, column: number): readonly [Corner, Corner, Corner, Corner] | null {
  const corner = (down: number, right: number): Corner => [
    field.xs[column + right] ?? 0,
    field.ys[row + down] ?? 0,
    field.values[row + down]?.[column + right] ?? Number.NaN,
  ];
  const corners = [corner(0, 0), corner(0, 1), corner(1, 1), corner(1, 0)] as const;
  return corners.some(([, , value]) => Number.isNaN(value)) ? null : corners;
}

function boxPath([x, y]: Corner, [right, bottom]: Corner): string {
  return pathOf([
    [x, y],
    [right, y],
    [right, bottom],
    [x, bottom],
  ]);
}

/** The part of a cell that is at least `level`. */
function cutPath(corners: readonly [Corner, Corner, Corner, Corner], level: number): string {
  const [[left, top], , [right, bottom]] = corners;
  if (left === right || top === bottom) return "";
  const places = corners.flatMap((corner, index) => {
    const next = corners[(index + 1) % corners.length] ?? corner;
    const here = corner[2] >= level ? [corner] : [];
    return corner[2] >= level === next[2] >= level ? here : [...here, between(corner, next, level)];
  });
  return places.length === 0 ? "" : pathOf(places);
}

function between([x, y, value]: Corner, [nextX, nextY, next]: Corner, level: number): readonly [number, number] {
  const part = (level - value) / (next - value);
  return [x + part * (nextX - x), y + part * (nextY - y)];
}

function pathOf(places: readonly (readonly [number, number, ...unknown[]])[]): string {
  return `M${places.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
}
