import { describe, expect, it } from "vitest";
import { defineSweep, hp } from "../../src/index.ts";

describe("defineSweep", () => {
  it("gives the sweep as it is", () => {
    const sweep = { space: { x: hp.uniform(0, 1) }, command: ["train"] };
    expect(defineSweep(sweep)).toBe(sweep);
  });

  it.each([undefined, null, "sweep"])("refuses %s", (sweep) => {
    const message = "sweep: expected an object such as { space, objective }, received ";
    expect(() => defineSweep(sweep as never)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    expect(() => defineSweep(sweep as never)).toThrow(message);
  });

  it("refuses a space where it is written", () => {
    expect(() => defineSweep({ space: {}, command: ["train"] })).toThrow(
      expect.objectContaining({ code: "SPACE_INVALID" }),
    );
  });
});
