import { ParzenError } from "../errors.ts";
import { type ResolvedSweep, resolveSweep, SWEEP_DEFAULTS } from "./schema.ts";
import { fail, type SweepSource } from "./source.ts";

/**
 * `resolveSweep`, and a check that a sampler and a pruner given by name exist and take their options.
 *
 * @throws SweepError
 */
export async function checkedSweep(definition: unknown, source: SweepSource, name: string): Promise<ResolvedSweep> {
  const sweep = resolveSweep(definition, source, name);
  await checkStrategies(sweep, source);
  return sweep;
}

/** The registries load every sampler there is, which a child that runs trials can mostly do without. */
async function checkStrategies({ sampler, pruner }: ResolvedSweep, source: SweepSource): Promise<void> {
  if (sampler !== SWEEP_DEFAULTS.sampler && !("propose" in sampler)) {
    const { samplerFrom } = await import("../samplers/registry.ts");
    check("sampler", () => samplerFrom(sampler), source);
  }
  if (pruner !== SWEEP_DEFAULTS.pruner && !("judge" in pruner)) {
    const { prunerFrom } = await import("../pruners/registry.ts");
    check("pruner", () => prunerFrom(pruner), source);
  }
}

function check(key: "sampler" | "pruner", make: () => unknown, source: SweepSource): void {
  try {
    make();
  } catch (error) {
    if (!(error instanceof ParzenError)) throw error;
    throw fail(source, [key], { expected: error.message, hint: error.hint, cause: error });
  }
}
