import { expect, it } from "vitest";
import { show } from "../src/errors.ts";

class Weights {
  readonly shape = [2];
}

it.each([
  [5n, "5n"],
  [Promise.resolve(3), "Promise {}"],
  [new Map([["a", 1]]), "Map {}"],
  [new Date(0), 'Date "1970-01-01T00:00:00.000Z"'],
  [new Number(3), "Number 3"], // what a user may return
  [new Weights(), 'Weights {"shape":[2]}'],
])("says of %s that it is not what its JSON alone looks like", (value, text) => {
  expect(show(value)).toBe(text);
});

it.each([
  [{ a: [1] }, '{"a":[1]}'],
  [Object.create(null), "{}"],
  [[1, "b"], '[1,"b"]'],
  [{ constructor: 3 }, '{"constructor":3}'],
  [null, "null"],
  [Object.create({ constructor: 3 }), "{}"],
])("shows plain values as JSON: %j", (value, text) => {
  expect(show(value)).toBe(text);
});

it.each([
  [{ a: [Number.NaN, -Number.NEGATIVE_INFINITY], b: Number.NEGATIVE_INFINITY }, '{"a":[NaN,Infinity],"b":-Infinity}'],
  [["Infinity", '"NaN"'], '["Infinity","\\"NaN\\""]'],
])("shows numbers that JSON does not have as numbers, and texts as texts: %j", (value, text) => {
  expect(show(value)).toBe(text);
});

it("shows what a circular value holds, and where it comes back to itself", () => {
  const circular: Record<string, unknown> = { a: 1 };
  circular["self"] = [circular];
  expect(show(circular)).toBe('{"a":1,"self":[[circular]]}');
  const twice = { b: 2 };
  expect(show([twice, twice])).toBe('[{"b":2},{"b":2}]'); // twice is not circular
});

it("keeps to 120 characters, whatever the class", () => {
  expect(show(new Uint8Array(500))).toHaveLength(120);
});
