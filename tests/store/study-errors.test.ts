import { expect, test, vi } from "vitest";
import * as own from "../../src/store/study-errors.ts";
import { isPassing } from "../../src/study/attempt/store-retry.ts";

test("what a store of another copy of the package throws is known by its code", async () => {
  vi.resetModules();
  const { ParzenError } = await import("../../src/errors.ts");
  const { StoreClosed } = await import("../../src/store/closed.ts");
  const other = await import("../../src/store/study-errors.ts");
  expect(other.studyNotFound).not.toBe(own.studyNotFound);
  expect(own.isStudyNotFound(other.studyNotFound("a", "memory:"))).toBe(true);
  expect(own.isStudyExists(other.studyExists("a", "memory:"))).toBe(true);
  expect(own.isStudyExists(other.studyNotFound("a", "memory:"))).toBe(false);
  expect(isPassing(new ParzenError("STORE_UNAVAILABLE", "away"))).toBe(true);
  expect(isPassing(new StoreClosed("memory:"))).toBe(false);
});
