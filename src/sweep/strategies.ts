import { ParzenError } from "../errors.ts";
import type { Pruner } from "../pruners/pruner.ts";
import { prunerFrom } from "../pruners/registry.ts";
import { samplerFrom } from "../samplers/registry.ts";
import type { Sampler } from "../samplers/sampler.ts";
import type { Named } from "./checks.ts";
import { fail, type SweepSource } from "./source.ts";

/** Checks that a sampler given by name exists and takes its options. @throws SweepError */
export function checkSampler(sampler: Named | Sampler, source: SweepSource): void {
  if (!("propose" in sampler)) check("sampler", () => samplerFrom(sampler), source);
}

/** Checks that a pruner given by name exists and takes its options. @throws SweepError */
export function checkPruner(pruner: Named | Pruner, source: SweepSource): void {
  if (!("judge" in pruner)) check("pruner", () => prunerFrom(pruner), source);
}

function check(key: "sampler" | "pruner", make: () => unknown, source: SweepSource): void {
  try {
    make();
  } catch (error) {
    if (!(error instanceof ParzenError)) throw error;
    throw fail(source, [key], { expected: error.message, hint: error.hint, cause: error });
  }
}
