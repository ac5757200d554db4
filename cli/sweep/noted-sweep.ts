import { isParzenError, ParzenError } from "../../src/errors.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { readNotes } from "../study/notes.ts";
import { openSweep } from "./open-sweep.ts";

/**
 * Reads the sweep that a study was last run with.
 *
 * @param moved where it is now, if the user says so
 * @param command what is typed again, with `--sweep`, where it is not there any more
 * @throws SWEEP_NOT_FOUND
 */
export async function sweepOf(record: StudyRecord, moved: string | undefined, command: string): Promise<LoadedSweep> {
  if (moved !== undefined) return openSweep(moved);
  const { sweep: file } = readNotes(record);
  if (file === undefined) {
    throw new ParzenError("SWEEP_NOT_FOUND", `study "${record.name}" was not run from a sweep file`, {
      hint: `If its objective is in one, say where: ${command} --sweep <path>`,
    });
  }
  try {
    return await openSweep(file);
  } catch (error) {
    if (!isParzenError(error) || error.code !== "SWEEP_NOT_FOUND") throw error;
    const hint = `If it moved, say where it is: ${command} --sweep <path>`;
    throw new ParzenError(error.code, error.message, { hint, cause: error });
  }
}
