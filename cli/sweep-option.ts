import { isParzenError, ParzenError } from "../src/errors.ts";
import { findSweep } from "../src/sweep/find.ts";
import { type LoadedSweep, loadSweep } from "../src/sweep/load.ts";
import { SweepError } from "../src/sweep/sweep-error.ts";
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

/**
 * Reads the sweep that a study was last run with.
 *
 * @param command what is typed again, with `--sweep`, where that is not there any more
 */
export async function openNotedSweep(file: string, command: string): Promise<LoadedSweep> {
  try {
    return await openSweep(file);
  } catch (error) {
    if (!isParzenError(error) || error.code !== "SWEEP_NOT_FOUND") throw error;
    const hint = `If it moved, say where it is: ${command} --sweep <path>`;
    throw new ParzenError(error.code, error.message, { hint, cause: error });
  }
}

async function withAllFaults(file: string, first: SweepError): Promise<ParzenError> {
  const { allFaults, faultText } = await import("./sweep-faults.ts");
  const faults = await allFaults(file, first);
  if (faults.length === 1) return first;
  return new ParzenError("SWEEP_INVALID", faults.map(faultText).join("\nerror: "), { cause: first });
}
