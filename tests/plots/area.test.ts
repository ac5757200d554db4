import { expect, it } from "vitest";
import { areaAbove } from "../../plots/area.ts";

const xs = [0, 10, 20];
const ys = [0, 10];

it("an area goes straight between the places of a field, and as one where it is whole", () => {
  const all = {
    xs,
    ys,
    values: [
      [1, 1, 1],
      [1, 1, 1],
    ],
  };
  expect(areaAbove(all, 1)).toBe("M0.0 0.0L20.0 0.0L20.0 10.0L0.0 10.0Z");
  expect(areaAbove(all, 2)).toBe("");
  const slope = {
    xs,
    ys,
    values: [
      [0, 1, 1],
      [0, 1, 1],
    ],
  };
  expect(areaAbove(slope, 0.75)).toBe("M7.5 0.0L10.0 0.0L10.0 10.0L7.5 10.0ZM10.0 0.0L20.0 0.0L20.0 10.0L10.0 10.0Z");
  const corner = {
    xs: [0, 10],
    ys,
    values: [
      [1, 0],
      [0, 0],
    ],
  };
  expect(areaAbove(corner, 0.5)).toBe("M0.0 0.0L5.0 0.0L0.0 5.0Z");
});

it("an area jumps where two places are one, and has a hole where there is no figure", () => {
  const jump = {
    xs: [0, 5, 5, 10],
    ys,
    values: [
      [0, 0, 1, 1],
      [0, 0, 1, 1],
    ],
  };
  expect(areaAbove(jump, 0.5)).toBe("M5.0 0.0L10.0 0.0L10.0 10.0L5.0 10.0Z");
  const hole = {
    xs,
    ys,
    values: [
      [1, 1, null],
      [1, 1, 1],
    ],
  };
  expect(areaAbove(hole, 0)).toBe("M0.0 0.0L10.0 0.0L10.0 10.0L0.0 10.0Z");
});
