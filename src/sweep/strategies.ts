import { didYouMean, ParzenError } from "../errors.ts";
import type { Pruner } from "../pruners/pruner.ts";
import { samplerFrom } from "../samplers/registry.ts";
import type { Sampler } from "../samplers/sampler.ts";
import type { Named } from "./checks.ts";
import { fail, type SweepSource } from "./source.ts";

/** Checks that a sampler given by name exists and takes its options. @throws SweepError */
export function checkSampler(sampler: Named | Sampler, source: SweepSource): void {
  if ("propose" in sampler) return;
  try {
    samplerFrom(sampler);
  } catch (error) {
    if (!(error instanceof ParzenError)) throw error;
    throw fail(source, ["sampler"], { expected: error.message, hint: error.hint, cause: error });
  }
}

/** Pruners that have a name; any other is given as an object. */
const PRUNERS: readonly string[] = ["none"];

/** Checks that a pruner given by name exists and takes its options. @throws SweepError */
export function checkPruner(pruner: Named | Pruner, source: SweepSource): void {
  if ("judge" in pruner) return;
  if (!PRUNERS.includes(pruner.name)) {
    const expected = `unknown pruner "${pruner.name}"${didYouMean(pruner.name, PRUNERS)}`;
    throw fail(source, ["pruner"], { expected, hint: `Pruners are ${PRUNERS.join(", ")}.` });
  }
  const [option] = Object.keys(pruner.options);
  if (option === undefined) return;
  throw fail(source, ["pruner", pruner.name, option], { expected: "none takes no options", part: "key" });
}
