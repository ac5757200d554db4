import { expect, it } from "vitest";
import { faultsOf } from "../../../bench/chaos/verdict.ts";

interface Row {
  readonly number: number;
  readonly state: string;
  readonly committedAt?: number;
}

const good: readonly Row[] = [0, 1, 2].map((number) => ({ number, state: "complete", committedAt: 9 + number }));
const faults = (trials: readonly Row[], pending = 0): readonly string[] =>
  faultsOf(JSON.stringify({ trials }), { trials: 3, pending });

it("finds no fault with every trial complete and committed once", () => {
  expect(faults(good)).toEqual([]);
});

it.each<[string, readonly Row[], string]>([
  ["missing", good.slice(1), "numbers are not 0..2, each once: 2 trials"],
  ["there twice", [...good, good[2]!], "numbers are not 0..2, each once: 4 trials"],
  ["there in the place of another", [good[0]!, good[1]!, { ...good[1]!, committedAt: 20 }], "numbers are not 0..2"],
  ["still running", [...good.slice(0, 2), { number: 2, state: "running" }], 'states: {"complete":2,"running":1}'],
  ["failed", [...good.slice(0, 2), { ...good[2]!, state: "failed" }], 'states: {"complete":2,"failed":1}'],
  ["committed together with another", good.map((trial) => ({ ...trial, committedAt: 9 })), "two trials share a commit"],
])("notices a trial that is %s", (_, trials, fault) => {
  expect(faults(trials).join("\n")).toContain(fault);
});

it("notices a second commit of a trial, which only the count of pending ones shows", () => {
  expect(faults(good, -1)).toEqual(["3 trials were committed 4 times"]);
});
