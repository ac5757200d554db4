import { didYouMean, ParzenError } from "../errors.ts";
import type { JsonObject } from "../trial/json.ts";
import type { NoOptions } from "../trial/strategy-options.ts";
import { hyperband } from "./hyperband.ts";
import { none } from "./none.ts";
import { patient, patientSpec } from "./patient.ts";
import { median, percentile } from "./percentile.ts";
import type { Pruner } from "./pruner.ts";
import { successiveHalving } from "./successive-halving.ts";
import { threshold } from "./threshold.ts";

/** How a pruner is written down: in a sweep file, on the command line, in a stored study. */
export interface PrunerSpec {
  readonly name: string;
  readonly options?: JsonObject;
}

const MAKERS = {
  none: (options: JsonObject): Pruner => none(options as NoOptions), // which it checks
  median: (options: JsonObject): Pruner => median(options),
  percentile: (options: JsonObject): Pruner => percentile(options),
  successiveHalving: (options: JsonObject): Pruner => successiveHalving(options),
  hyperband: (options: JsonObject): Pruner => hyperband(options),
  patient: (options: JsonObject): Pruner => {
    const { pruner, options: own } = patientSpec(options);
    return patient(pruner === null ? null : prunerFrom(pruner), own);
  },
  threshold: (options: JsonObject): Pruner => threshold(options),
};

export type PrunerName = keyof typeof MAKERS;

/** Every pruner; `threshold` alone needs an option. */
export const PRUNER_NAMES: readonly PrunerName[] = [
  "none",
  "median",
  "percentile",
  "successiveHalving",
  "hyperband",
  "patient",
  "threshold",
];

/**
 * Makes a pruner by name. `prunerFrom({ name: p.name, options: p.options })` equals `p`.
 *
 * @throws ParzenError OPTION_INVALID for an unknown name, or options that the pruner does not take
 */
export function prunerFrom({ name, options = {} }: PrunerSpec): Pruner {
  const known = PRUNER_NAMES.find((each) => each === name);
  if (known !== undefined) return MAKERS[known](options);
  throw new ParzenError("OPTION_INVALID", `unknown pruner "${name}"${didYouMean(name, PRUNER_NAMES)}`, {
    hint: `Pruners are ${PRUNER_NAMES.join(", ")}.`,
  });
}
