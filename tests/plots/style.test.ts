import { expect, it } from "vitest";
import { rounded } from "../../plots/style.ts";

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
])("%d is read as %s", (value, text) => expect(rounded(value)).toBe(text));
