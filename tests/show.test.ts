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

it("keeps to 120 characters, whatever the class", () => {
  expect(show(new Uint8Array(500))).toHaveLength(120);
});
