import { expect, it } from "vitest";
import { polylineOf } from "../../plots/polyline.ts";

const no = null;

it.each([
  ["whole", [1, 2, 3], [[1, 2, 3]], []],
  [
    "with a gap",
    [1, 2, no, no, 5, 6],
    [
      [1, 2, no, no, no, no],
      [no, no, no, no, 5, 6],
    ],
    [[no, 2, no, no, 5, no]],
  ],
  [
    "with a value between gaps",
    [1, no, 3, no, 5, 6],
    [[no, no, no, no, 5, 6]],
    [
      [1, no, 3, no, no, no],
      [no, no, 3, no, 5, no],
    ],
  ],
  ["that begins late", [no, 2, 3], [[no, 2, 3]], []],
  ["with nothing but its end", [no, no, 3], [], []],
])("takes a line %s apart", (_, line, runs, gaps) => {
  expect(polylineOf(line)).toEqual({ runs, gaps });
});
