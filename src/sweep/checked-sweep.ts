import { ParzenError } from "../errors.ts";
import { relationsOf } from "../space/relation/where.ts";
import { type ResolvedSweep, SWEEP_DEFAULTS } from "./resolved-sweep.ts";
import { resolveSweep } from "./schema.ts";
import { fail, type SweepSource } from "./source.ts";

/**
 * `resolveSweep`, and checks that a sampler and a pruner given by name exist and take their options, and that relations
 * leave something to try.
 *
 * @throws SweepError
 */
export async function checkedSweep(definition: unknown, source: SweepSource, name: string): Promise<ResolvedSweep> {
  const sweep = resolveSweep(definition, source, name);
  await checkStrategies(sweep, source);
  if (sweep.where.length > 0) await checkWhere(sweep, source);
  return sweep;
}

/** The registries load every sampler there is, which a child that runs trials can mostly do without. */
async function checkStrategies({ sampler, pruner, fidelity }: ResolvedSweep, source: SweepSource): Promise<void> {
  if (sampler !== SWEEP_DEFAULTS.sampler && !("propose" in sampler)) {
    const { samplerFrom } = await import("../samplers/registry.ts");
    check("sampler", () => samplerFrom(sampler), source);
  }
  if (pruner === SWEEP_DEFAULTS.pruner) return;
  const plan = fidelity === null ? {} : { fidelity };
  const { prunerFrom } = await import("../pruners/registry.ts");
  check("pruner", () => ("judge" in pruner ? pruner : prunerFrom(pruner)).check?.(plan), source);
}

async function checkWhere({ space, where, seed }: ResolvedSweep, source: SweepSource): Promise<void> {
  const { checkSatisfiable } = await import("../samplers/satisfiable.ts");
  const { stream } = await import("../random/stream.ts");
  check("where", () => checkSatisfiable(space, relationsOf(space, where), stream(seed, "where")), source);
}

function check(key: "sampler" | "pruner" | "where", make: () => unknown, source: SweepSource): void {
  try {
    make();
  } catch (error) {
    if (!(error instanceof ParzenError)) throw error;
    const expected = error.message.replace(/^where: /, "");
    throw fail(source, [key], { expected, hint: error.hint, cause: error });
  }
}
