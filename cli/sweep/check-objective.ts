import { isParzenError, ParzenError } from "../../src/errors.ts";
import { messageOf } from "../../src/executor/failure-message.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
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
    // A sweep may have loaded another copy of the package, whose errors are of another class.
    const [code, hint] = isParzenError(error) ? [error.code, error.hint] : (["DATA_INVALID"] as const);
    throw new ParzenError(code, messageOf(error), { cause: error, ...(hint === undefined ? {} : { hint }) });
  }
}
