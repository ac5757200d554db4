import { didYouMean, ParzenError } from "../src/errors.ts";
import { none, type Pruner } from "../src/pruners/pruner.ts";
import { samplerFrom } from "../src/samplers/registry.ts";
import type { Sampler } from "../src/samplers/sampler.ts";
import { findSweep } from "../src/sweep/find.ts";
import { type LoadedSweep, loadSweep } from "../src/sweep/load.ts";

/** The pruners that a sweep may name. */
const PRUNERS = ["none"];

/** Reads the sweep that a user named: by its path, or by the name of one that ships. */
export async function openSweep(typed: string): Promise<LoadedSweep> {
  return loadSweep(await findSweep(typed));
}

/** The sampler of a sweep. @throws OPTION_INVALID for a name that nobody knows */
export function samplerOf({ sampler }: LoadedSweep): Sampler {
  return "propose" in sampler ? sampler : samplerFrom(sampler);
}

/** The pruner of a sweep. @throws OPTION_INVALID for a name that nobody knows */
export function prunerOf({ pruner }: LoadedSweep): Pruner {
  if ("judge" in pruner) return pruner;
  if (PRUNERS.includes(pruner.name)) return none();
  throw new ParzenError("OPTION_INVALID", `there is no pruner "${pruner.name}"${didYouMean(pruner.name, PRUNERS)}`, {
    hint: `Pruners: ${PRUNERS.join(", ")}`,
  });
}
