import { expect, it } from "vitest";
import { sizeText } from "../../../cli/render/space.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";

it.each([
  [hp.choice(["only"]), "1 configuration"],
  [hp.uniformint(1, 2000), "2,000 configurations"],
  [hp.uniform(0, 1), "infinitely many configurations"],
])("says how large a space is", (x, text) => {
  expect(sizeText(compileSpace({ x }))).toBe(text);
});
