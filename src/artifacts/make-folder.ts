import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { isErrorOf } from "./absent.ts";

/**
 * Makes a folder and those above it. Node's own `recursive` says of a read-only disk that there is no such folder, and never
 * returns below `/proc`.
 *
 * @param mode of each one that is made, less the umask
 * @throws what the system says of the first one that it refuses
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  try {
    await makeOne(folder, mode);
  } catch (error) {
    if (!isErrorOf(["ENOENT"], error) || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder), mode);
    await makeOne(folder, mode);
  }
}

async function makeOne(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    if (isErrorOf(["ENOENT"], error)) throw error;
    // Of a folder that is there the system may also say that its disk is read-only.
    const isThere = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) throw error;
  }
}
