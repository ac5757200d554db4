import { describe, expect, it } from "vitest";
import { textOf } from "../../src/sweep/text.ts";
import { parseSweep } from "../../src/sweep/yaml.ts";
import { thrownBy } from "../thrown-by.ts";

const bytes = (...parts: readonly (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === "number" ? Buffer.of(part) : Buffer.from(part))));

describe("the text of a sweep", () => {
  it.each(["", "name: x", "\ufeffname: x", "a: \ufffd\nb: \u{1f40d}\ufffd"])("is %j where its bytes say so", (text) => {
    expect(textOf(Buffer.from(text), "s.yaml")).toBe(text);
  });

  it.each([
    [bytes("a: ", 0xe4), "s.yaml:1:4"],
    [bytes("a: \ufffd\nb: \ufffd\u{1f40d}", 0xff, "\ufffd"), "s.yaml:2:7"],
    [bytes(0xef, 0xbf, "\ufffd"), "s.yaml:1:1"],
    [bytes("\ufffd\ufffd", 0xed, 0xa0, 0x80), "s.yaml:1:3"],
  ])("of %j is refused at %s", (content, place) => {
    expect(thrownBy(() => textOf(content, "s.yaml"))).toMatchObject({ message: `${place}: expected text in UTF-8` });
  });

  it("may hold the replacement character itself", () => {
    const { definition } = parseSweep(Buffer.from("command: [x, \ufffd]"), "s.yaml");
    expect(definition).toEqual({ command: ["x", "\ufffd"] });
  });
});
