import { isParzenError, ParzenError } from "../errors.ts";
import type { Pruner } from "../pruners/pruner.ts";
import { prunerFrom } from "../pruners/registry.ts";
import { samplerFrom } from "../samplers/registry.ts";
import type { StudyRecord } from "../store/study-record.ts";
import type { Fidelity } from "../trial/fidelity.ts";
import type { StudyOptions } from "./options.ts";

/** What decides for a study. */
type Strategies = Pick<StudyOptions, "sampler" | "pruner">;

/**
 * The ones that were given, or those that are stored.
 *
 * @throws OPTION_INVALID for one of the user's own that is not given, and for a given pruner that could never prune
 */
export function strategiesOf(
  { sampler, fidelity, settings: { pruner } }: Pick<StudyRecord, "sampler" | "fidelity" | "settings">,
  given: Strategies,
): Required<Strategies> {
  if (given.pruner !== undefined) checkPrunes(given.pruner, { fidelity });
  return {
    sampler: given.sampler ?? asStored("sampler", () => samplerFrom(sampler)),
    pruner: given.pruner ?? asStored("pruner", () => prunerFrom(pruner)),
  };
}

/** @throws OPTION_INVALID for a pruner that could never prune in the study */
export function checkPrunes(pruner: Pruner, { fidelity }: { readonly fidelity?: Fidelity | undefined }): void {
  pruner.check?.(fidelity === undefined ? {} : { fidelity });
}

function asStored<T>(kind: "sampler" | "pruner", make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!isParzenError(error)) throw error;
    throw new ParzenError("OPTION_INVALID", `the study needs its own ${kind}: ${error.message}`, {
      hint: `Give it again: openStudy({ ..., ${kind} })`,
      cause: error,
    });
  }
}
