import { expect, it } from "vitest";
import { didYouMean } from "../src/errors.ts";

it("suggests the nearest word, and never an empty one, as an unnamed column of a CSV", () => {
  expect(didYouMean("momentun", ["lr", "momentum"])).toBe(' (did you mean "momentum"?)');
  expect(didYouMean("x", ["", "rate"])).toBe("");
  expect(didYouMean("x", [""])).toBe("");
  expect(didYouMean("x", [])).toBe("");
});
