import { describeContract } from "../contract.ts";
import { type MakeSampler, SAMPLER_CHECKS } from "./checks.ts";

export type { MakeSampler, SamplerCheck } from "./checks.ts";
export { SAMPLER_CHECKS } from "./checks.ts";

/** What a sampler may be excused from. */
export interface SamplerContractOptions {
  /** True for a sampler that may try a configuration twice; the checks of that law are left out. Default false. */
  readonly repeats?: boolean;
}

/**
 * Declares the tests that every sampler passes. One line in a test file of a sampler, in vitest.
 *
 * @param make gives a fresh instance at every call
 */
export function describeSamplerContract(
  label: string,
  make: MakeSampler,
  { repeats = false }: SamplerContractOptions = {},
): void {
  describeContract("sampler", SAMPLER_CHECKS, { label, make, isExcused: repeats });
}
