import { expect, it } from "vitest";
import { codeChanges } from "../../../cli/run/code-changes.ts";
import type { LoadedSweep } from "../../../src/sweep/load.ts";

/** A sweep as far as its code goes. */
function sweepOf(version: string, files: { readonly [file: string]: string }): LoadedSweep {
  return { version, files: Object.entries(files).map(([file, hash]) => ({ file, hash })) } as unknown as LoadedSweep; // all that is read
}

const BEFORE = { version: "v1", files: { "a.ts": "1", "b.ts": "2", "c.ts": "3" } };

it("names the files that were changed, added or removed, in order", () => {
  const now = sweepOf("v2", { "aa.ts": "4", "b.ts": "2", "a.ts": "9" });
  expect(codeChanges(BEFORE, now)).toEqual(["changed a.ts", "added aa.ts", "removed c.ts"]);
});

it("names none where the version is the same, or none was ever noted", () => {
  const now = sweepOf("v1", { "a.ts": "9" });
  expect(codeChanges(BEFORE, now)).toEqual([]);
  expect(codeChanges({}, now)).toEqual([]);
});

it("names eleven, and of more than that ten", () => {
  const files = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${String(index).padStart(2, "0")}.ts`, "1"]));
  const changes = (count: number) => codeChanges({ version: "v1", files: {} }, sweepOf("v2", files(count)));
  expect(changes(11)).toHaveLength(11);
  expect(changes(11).at(-1)).toBe("added 10.ts");
  expect(changes(12).slice(9)).toEqual(["added 09.ts", "and 2 other files"]);
});
