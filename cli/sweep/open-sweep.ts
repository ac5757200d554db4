import { ParzenError } from "../../src/errors.ts";
import { findSweep } from "../../src/sweep/find.ts";
import { type LoadedSweep, loadSweep } from "../../src/sweep/load.ts";
import { SweepError } from "../../src/sweep/sweep-error.ts";
import { whileLoading } from "./while-loading.ts";

/**
 * Reads the sweep that a user named: by its path, or by the name of one that ships.
 *
 * @throws SWEEP_INVALID with every fault of the file
 */
export async function openSweep(typed: string): Promise<LoadedSweep> {
  const file = await findSweep(typed);
  return whileLoading(file, async () => {
    try {
      return await loadSweep(file);
    } catch (error) {
      throw error instanceof SweepError ? await withAllFaults(file, error) : error;
    }
  });
}

async function withAllFaults(file: string, first: SweepError): Promise<ParzenError> {
  const { allFaults, faultsText } = await import("./sweep-faults.ts");
  const faults = await allFaults(file, first);
  if (faults.length === 1) return first;
  return new ParzenError("SWEEP_INVALID", faultsText(faults), { cause: first });
}
