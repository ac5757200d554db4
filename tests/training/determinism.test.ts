import { expect, test } from "vitest";
import { runProgram } from "./run-program.ts";

test.each(["wasm", "cpu"])("%s: the same seed gives bit-identical losses in two processes", async (backend) => {
  const [first, again, other] = await Promise.all(
    [5, 5, 6].map(async (seed) => (await runProgram("print-losses", [backend, String(seed)])).stdout),
  );
  expect(JSON.parse(first ?? "")).toHaveLength(4);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});
