import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromWire, toWire } from "../../../src/executor/module/protocol.ts";

describe("numbers on the wire", () => {
  it("come back as they were", () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const back = fromWire(JSON.parse(JSON.stringify(toWire(value))));
        expect(back).toBe(Object.is(value, -0) ? 0 : value);
      }),
    );
  });
});
