import { expect, it } from "vitest";
import { NAME, nameOfFile } from "../../src/sweep/sweep-name.ts";

it.each(["a".repeat(200), `${"a".repeat(119)}\u{1d49c}b`, "..", "-_", "a b", "\u{1d49c}".repeat(130)])(
  "a file %s gives a name that a sweep may have",
  (stem) => {
    const name = nameOfFile(`/folder/${stem}.yaml`);
    expect(NAME.read(name)).toBe(name);
  },
);
