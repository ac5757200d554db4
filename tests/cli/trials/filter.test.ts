import { expect, it } from "vitest";
import { columnsOf } from "../../../cli/trials/fields.ts";
import { filterRows } from "../../../cli/trials/filter.ts";
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
