import { expect, test } from "vitest";
import { maskLocation } from "../../src/store/location.ts";

test.each([
  ["redis://user:secret@host:6379/0", "redis://user:***@host:6379/0"],
  ["rediss://:secret@host", "rediss://:***@host"],
  ["error: cannot reach redis://u:p@ss:w/rd@host now", "error: cannot reach redis://u:***@host now"],
  ["a://b and x,redis://u:p@s@host,redis://v:q@host", "a://b and x,redis://u:***@host"],
  ["1://u:p@host://:q@host", "1://u:p@host://:***@host"],
  ["redis://host/0?password=secret&db=1", "redis://host/0?password=***&db=1"],
  ["redis://host:6379/0", "redis://host:6379/0"],
  [".parzen/parzen.db", ".parzen/parzen.db"],
  ["sqlite:/a/b@c.db", "sqlite:/a/b@c.db"],
])("%s is shown as %s", (location, shown) => {
  expect(maskLocation(location)).toBe(shown);
});

// What a trial prints is masked in the process that runs the others: a long line must not make it stand still.
test.each([["5ca1ab1e"], ["http://a:80,"], ["://"], ["redis://u:"]])("a long line of %s is masked at once", (piece) => {
  const line = piece.repeat(400_000 / piece.length);
  expect(maskLocation(`${line} redis://u:p@host`)).toBe(`${line} redis://u:***@host`);
});
