import { mkdtemp, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { systemReason } from "../src/errors.ts";

/** Why nothing can be made in a folder, or where it is not there, in the nearest above it; null where it can. */
export async function roomProblem(folder: string): Promise<string | null> {
  const place = await nearest(folder);
  try {
    await rmdir(await mkdtemp(join(place, ".parzen-"))); // permissions do not tell, of `/proc` for one
    return null;
  } catch (cause) {
    return `nothing can be made in ${place}: ${systemReason(cause)}`;
  }
}

/** The folder, or the nearest above that is there. */
async function nearest(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  return isThere || dirname(folder) === folder ? folder : nearest(dirname(folder));
}
