import { expect, it } from "vitest";
import { beginning, rounded, shortened, tickText } from "../../plots/text.ts";

it.each([
  [0.123456, "0.1235"],
  [1e-7 / 3, "3.333e-8"],
  [-12.3456, "-12.35"],
  [0, "0"],
  [65536, "65536"],
  [123_456_789.25, "123456789"],
  [-131072, "-131072"],
  [1.23456e20, "123500000000000000000"],
  [1.23456e300, "1.235e+300"],
  [-Number.MAX_VALUE, "-1.7976931348623157e+308"],
  [Number.NEGATIVE_INFINITY, "-Infinity"],
])("%d is read as %s", (value, text) => expect(rounded(value)).toBe(text));

it.each([
  [0.1 + 0.2, "0.3"],
  [10 ** -3, "0.001"],
  [1e-4, "1e-4"],
  [250_000, "250000"],
  [2e14, "2e+14"],
  [1.00000002, "1.00000002"],
  [123_456_789.002, "123456789.002"],
])("a tick at %d is labelled %s", (value, text) => expect(tickText(value)).toBe(text));

it.each([
  ["optimizer.momentum", 18, "optimizer.momentum"],
  ["optimizer.momentum", 9, "…momentum"],
  ["学习率的名字", 12, "学习率的名字"],
  ["学习率的名字", 7, "…的名字"],
  ["🚀🚀🚀", 5, "…🚀🚀"],
  ["two\nlines\u001b", 20, "two lines "],
  ["a".repeat(100_000), 4, "…aaa"],
])("%j in %d letters is %j", (name, most, text) => expect(shortened(name, most)).toBe(text));

it.each([
  ["no room", 7, "no room"],
  ["no room at all", 7, "no room…"],
  ["🚀🚀🚀", 2, "🚀🚀…"],
  ["two\nlines", 20, "two lines"],
])("%j begins, in %d letters, with %j", (text, most, shown) => expect(beginning(text, most)).toBe(shown));
