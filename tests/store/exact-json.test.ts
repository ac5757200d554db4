import fc from "fast-check";
import { expect, test } from "vitest";
import { fromExactJson, toExactJson } from "../../src/store/exact-json.ts";
import { anyText } from "../any-text.ts";

const text = fc.oneof(anyText(), fc.constantFrom("$", "$$", "$NaN", "NaN", "$-0", "\ud800", "\u0000"));
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: "small" }, fc.double(), text, fc.boolean(), fc.constant(null), tie("list"), tie("object")),
  list: fc.array(tie("any"), { maxLength: 4 }),
  object: fc.dictionary(text, tie("any"), { maxKeys: 4 }),
})).any;

test("what is written is read again, to the last bit", () => {
  const exact = fc.property(value, (written) => {
    expect(fromExactJson(toExactJson(written))).toStrictEqual(toPlain(written));
  });
  fc.assert(exact);
});

test("ordinary data is ordinary JSON", () => {
  expect(toExactJson({ loss: 0.1, name: "a", none: null })).toBe('{"loss":0.1,"name":"a","none":null}');
  expect(toExactJson([Number.NaN, -0, Number.NEGATIVE_INFINITY])).toBe('["$NaN","$-0","$-Infinity"]');
});

/** Without the null prototypes that fast-check gives to objects. */
function toPlain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(toPlain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toPlain(inner)]));
}
