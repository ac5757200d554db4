import { expect, it } from "vitest";
import { readOptions } from "../../../bench/search/options.ts";
import { makerFor } from "../../../bench/search/sampler.ts";

it.each([
  ["fmin", "--sampler fmin: expected one of random, qmc, tpe, gp, auto"],
  ["median", "--sampler median: expected one of random"],
  ["tpe:{startup}", "--sampler tpe:{startup}: expected its options as JSON"],
  ['tpe:{"nope":1}', 'tpe: unknown option "nope"'],
])("a sampler %s is refused before anything runs", async (text, message) => {
  await expect(makerFor(text)).rejects.toThrow(message);
});

it.each([
  [["--peers", "optuna,nosuch"], "--peers nosuch: expected some of optuna,"],
  [["--in-flight", ""], "--in-flight: expected an integer from 1"],
  [["--first-seed", "half"], "--first-seed: expected an integer from 0"],
])("options %j are refused", (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
