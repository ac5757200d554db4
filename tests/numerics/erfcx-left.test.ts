import { expect, test } from "vitest";
import { erfcx } from "../../src/numerics/erf.ts";
import { normalHazard } from "../../src/numerics/normal.ts";

test.each([-27, -1e9 / 3, -1e17, -1e39, -Number.MAX_VALUE, Number.NEGATIVE_INFINITY])(
  "erfcx(%d) is more than a number can say, and the hazard there is nothing",
  (x) => {
    expect(erfcx(x)).toBe(Number.POSITIVE_INFINITY);
    expect(normalHazard(x * Math.SQRT2)).toBeLessThan(1e-300);
  },
);
