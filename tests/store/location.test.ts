import { expect, test } from "vitest";
import { maskLocation } from "../../src/store/location.ts";

test.each([
  ["redis://user:secret@host:6379/0", "redis://user:***@host:6379/0"],
  ["rediss://:secret@host", "rediss://:***@host"],
  ["error: cannot reach redis://u:p@ss:w/rd@host now", "error: cannot reach redis://u:***@host now"],
  ["redis://host/0?password=secret&db=1", "redis://host/0?password=***&db=1"],
  ["redis://host:6379/0", "redis://host:6379/0"],
  [".parzen/parzen.db", ".parzen/parzen.db"],
  ["sqlite:/a/b@c.db", "sqlite:/a/b@c.db"],
])("%s is shown as %s", (location, shown) => {
  expect(maskLocation(location)).toBe(shown);
});
