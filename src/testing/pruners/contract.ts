import { describeContract } from "../contract.ts";
import { type MakePruner, PRUNER_CHECKS } from "./checks.ts";

export type { MakePruner, PrunerCheck } from "./checks.ts";
export { PRUNER_CHECKS } from "./checks.ts";

/** What a pruner may be excused from. */
export interface PrunerContractOptions {
  /** True for a pruner that judges a trial by itself; the checks of comparing are left out. Default false. */
  readonly absolute?: boolean;
}

/**
 * Declares the tests that every pruner passes. One line in a test file of a pruner, in vitest.
 *
 * @param make gives a fresh instance at every call
 */
export function describePrunerContract(
  label: string,
  make: MakePruner,
  { absolute = false }: PrunerContractOptions = {},
): void {
  describeContract("pruner", PRUNER_CHECKS, { label, make, isExcused: absolute });
}
