import { expect, it } from "vitest";
import { columnsOf } from "../../../cli/trials/fields.ts";
import { filterRows, sortRows } from "../../../cli/trials/filter.ts";
import { compileSpace, hp } from "../../../src/index.ts";

const ROWS = ["", "flip", 0, undefined].map((value) => ({
  fields: new Map(value === undefined ? [] : [["params.augment", value]]),
}));

function augments(filter: string): readonly unknown[] {
  const columns = columnsOf(ROWS, { metric: "loss", direction: "minimize" }, compileSpace({ x: hp.uniform(0, 1) }));
  return filterRows(ROWS, filter, columns).map(({ fields }) => fields.get("params.augment"));
}

it("a filter asks for the empty text with nothing behind its operator", () => {
  expect(augments("augment=")).toEqual([""]);
  expect(augments("augment == ")).toEqual([""]);
  expect(augments("augment!=")).toEqual(["flip", 0, undefined]);
  expect(augments("augment=0")).toEqual([0]);
});

it("a filter by order wants a number", () => {
  expect(() => augments("augment<")).toThrow('--filter: expected a number after <, received "augment<"');
});

it.each([
  ["x", [3, Number.NaN, 1, Infinity, Number.NaN, 2, Infinity], [1, 2, 3, Infinity, Infinity, Number.NaN, Number.NaN]],
  ["-x", [1, Number.NaN, 3, 2], [3, 2, 1, Number.NaN]],
  ["x", ["1z", 10, 2], [2, 10, "1z"]],
  ["x", [10, "1z", 2], [2, 10, "1z"]],
  ["x", [2, 10, "1z"], [2, 10, "1z"]],
])("--sort %s of %j is an order: NaN at the end, numbers before texts", (column, cells, sorted) => {
  const rows = cells.map((cell) => ({ fields: new Map([["x", cell]]) }));
  const columns = columnsOf(rows, { metric: "loss", direction: "minimize" }, compileSpace({ x: hp.uniform(0, 1) }));
  expect(sortRows(rows, column, columns).map(({ fields }) => fields.get("x"))).toEqual(sorted);
});
