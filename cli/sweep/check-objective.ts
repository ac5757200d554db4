import { isParzenError, ParzenError } from "../../src/errors.ts";
import { messageOf } from "../../src/executor/failure-message.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { shownPath } from "../../src/sweep/shown-path.ts";
import { whileLoading } from "./while-loading.ts";

/**
 * Has an objective see to its data before a trial is spent on it.
 *
 * @throws ParzenError with what it found
 */
export async function checkObjective(sweep: LoadedSweep, studySeed: number): Promise<void> {
  const { file, objective, metric, direction } = sweep;
  if (objective === null || typeof objective === "function") return;
  try {
    await whileLoading(file, async () => objective.check?.({ studySeed, metric, direction }));
  } catch (error) {
    if (!isParzenError(error)) {
      const message = `${shownPath(file)}: the objective's check: ${messageOf(error)}`;
      throw new ParzenError("DATA_INVALID", message, { cause: error });
    }
    // A sweep may have loaded another copy of the package, whose errors are of another class.
    const { code, hint } = error;
    throw new ParzenError(code, messageOf(error), { cause: error, ...(hint === undefined ? {} : { hint }) });
  }
}
