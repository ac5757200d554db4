import { describe, expect, it } from "vitest";
import { stream } from "../../src/random/stream.ts";
import { checkSatisfiable } from "../../src/samplers/satisfiable.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";
import { relationsOf } from "../../src/space/relation/where.ts";
import { thrownBy } from "../thrown-by.ts";

const real = compileSpace({ a: hp.uniform(0, 1), b: hp.uniform(0, 1) });
const small = compileSpace({ n: hp.uniformint(1, 4), m: hp.choice([1, 2, 3]) });

function check(space: typeof real, ...where: readonly string[]): void {
  checkSatisfiable(space, relationsOf(space, where), stream(1));
}

describe("relations that leave next to nothing", () => {
  it("are named, with how many configurations satisfy each", () => {
    expect(thrownBy(() => check(real, "a + b == 1"))).toMatchObject({
      code: "OPTION_INVALID",
      message: 'where: none of 10,000 configurations drawn from the space satisfies "a + b == 1"',
      hint: expect.stringContaining("a range instead of an equality"),
    });
    expect(thrownBy(() => check(real, "a < b", "a - b > 2"))).toMatchObject({
      message: expect.stringMatching(/satisfies all of "a < b" \([45],\d\d\d\), "a - b > 2" \(none\)$/),
    });
    expect(thrownBy(() => check(small, "n > m + 3"))).toMatchObject({
      message: 'where: none of the 12 configurations of the space satisfies "n > m + 3"',
      hint: expect.not.stringContaining("range"),
    });
  });

  it("pass where there is one configuration in a thousand, or a single one of a small space", () => {
    expect(() => check(real, "a < 0.001")).not.toThrow();
    expect(() => check(small, "n == 4 and m == 3")).not.toThrow();
    expect(() => check(real)).not.toThrow();
  });
});
