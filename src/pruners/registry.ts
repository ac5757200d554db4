import { didYouMean, ParzenError } from "../errors.ts";
import type { JsonObject } from "../trial/json.ts";
import { none, type Pruner } from "./pruner.ts";

/** How a pruner is written down: in a sweep file, in a stored study. */
export interface PrunerSpec {
  readonly name: string;
  readonly options?: JsonObject;
}

const MAKERS = {
  none: (options: JsonObject): Pruner => {
    const [unknown] = Object.keys(options);
    if (unknown === undefined) return none();
    throw new ParzenError("OPTION_INVALID", `none: unknown option "${unknown}"`, { hint: "none takes no options." });
  },
};

export type PrunerName = keyof typeof MAKERS;

export const PRUNER_NAMES: readonly PrunerName[] = ["none"];

/**
 * Makes a pruner by name. `prunerFrom({ name: p.name, options: p.options })` equals `p`.
 *
 * @throws ParzenError OPTION_INVALID for an unknown name, or options that the pruner does not take
 */
export function prunerFrom(spec: PrunerSpec): Pruner {
  const name = PRUNER_NAMES.find((known) => known === spec.name);
  if (name === undefined) {
    throw new ParzenError("OPTION_INVALID", `unknown pruner "${spec.name}"${didYouMean(spec.name, PRUNER_NAMES)}`, {
      hint: `Pruners are ${PRUNER_NAMES.join(", ")}.`,
    });
  }
  return MAKERS[name](spec.options ?? {});
}
