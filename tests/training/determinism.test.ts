import { beforeAll, expect, test } from "vitest";
import { runProgram } from "./run-program.ts";

type Losses = Readonly<Record<string, readonly number[]>>;

/** Of two processes, which train in another order. */
let [first, again]: readonly Losses[] = [];

beforeAll(async () => {
  const orders = [
    ["wasm 5", "cpu 5"],
    ["cpu 5", "wasm 5", "wasm 6", "cpu 6"],
  ];
  const printed = await Promise.all(orders.map((order) => runProgram("print-losses", order)));
  [first, again] = printed.map(({ stdout }) => JSON.parse(stdout));
});

test.each(["wasm", "cpu"])("%s: the same seed gives bit-identical losses in two processes", (backend) => {
  const losses = first?.[`${backend} 5`];
  expect(losses).toHaveLength(4);
  expect(again?.[`${backend} 5`]).toEqual(losses);
  expect(again?.[`${backend} 6`]).not.toEqual(losses);
});
