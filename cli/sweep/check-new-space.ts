import { SpaceError } from "../../src/errors.ts";
import { checkToldApart } from "../../src/space/told-apart.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { keysOfPath } from "../../src/sweep/space-keys.ts";

/**
 * Checks what a study may have that is stored, but no new one.
 *
 * @throws SweepError at the node
 */
export async function checkNewSpace({ file, space }: LoadedSweep): Promise<void> {
  try {
    checkToldApart(space);
  } catch (error) {
    if (!(error instanceof SpaceError)) throw error;
    const { faultAt } = await import("./definition.ts"); // loads a parser that no right sweep of a module needs
    const { path, expected, received, hint } = error;
    const keys = ["space", ...keysOfPath(space.source, path)];
    throw await faultAt(file, keys, { path: `space.${path}`, expected, received, hint, cause: error });
  }
}
