import { expect, it } from "vitest";
import { failuresOf, firstTrials } from "../../src/trial/failures.ts";

const failed = (number: number, message: string, reason: "error" | "timeout" = "error") =>
  ({ state: "failed", number, reason, message }) as const;

it("failures are one where their first lines differ in numbers alone, the commonest first", () => {
  const groups = failuresOf([
    failed(0, "\n no file \n at line 3"),
    { state: "complete" },
    failed(2, "12 of 13.5 MB are used"),
    failed(3, "after 10 s", "timeout"),
    failed(4, "14 of 99 MB are used\nmore"),
    failed(5, "after 11 s"),
  ]);
  expect(groups).toEqual([
    { message: "12 of 13.5 MB are used", reason: "error", trials: [2, 4] },
    { message: "no file", reason: "error", trials: [0] },
    { message: "after 10 s", reason: "timeout", trials: [3] },
    { message: "after 11 s", reason: "error", trials: [5] },
  ]);
});

it("five trials stand for all of a group", () => {
  const group = { message: "no", reason: "error" } as const;
  expect(firstTrials({ ...group, trials: [1, 2, 3, 4, 5] })).toBe("#1, #2, #3, #4, #5");
  expect(firstTrials({ ...group, trials: [1, 2, 3, 4, 5, 6] })).toBe("#1, #2, #3, #4, #5, ...");
});
