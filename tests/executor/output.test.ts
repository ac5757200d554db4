import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LOG_BYTES, Output, Tail } from "../../src/executor/output.ts";
import { anyText } from "../any-text.ts";

describe("Tail", () => {
  it("holds the end of the text, in whole characters", () => {
    fc.assert(
      fc.property(fc.array(anyText({ maxLength: 50 }), { maxLength: 20 }), fc.nat(3), (pieces, shift) => {
        const tail = new Tail();
        const filler = "ä€𝄞".repeat(8000) + "x".repeat(shift);
        for (const piece of [filler, ...pieces]) tail.push(piece);
        const text = tail.text();
        const whole = filler + pieces.join("");
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LOG_BYTES);
        expect(Buffer.byteLength(text)).toBeGreaterThan(LOG_BYTES - 4);
        expect(Buffer.from(whole).toString().endsWith(text)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});

describe("Output", () => {
  it("puts together characters that came in pieces, each stream by itself", () => {
    const printed: string[] = [];
    const output = new Output((text) => printed.push(text));
    const [first = 0, second = 0] = Buffer.from("ä");
    output.push("stdout", Buffer.from([first]));
    output.push("stderr", Buffer.from("!"));
    output.push("stdout", Buffer.from([second]));
    expect(output.log.text()).toBe("!ä");
    expect(printed).toEqual(["!", "ä"]);
  });
});
