import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, resolve } from "node:path";

/** Where a system looks that was told no PATH. */
const USUAL_PATH = "/bin:/usr/bin";

/**
 * Whether the system would find a command's program: one with a slash from the folder that it runs in, any other in the
 * folders of PATH. Windows has rules of its own, so there every program passes.
 *
 * @param folder absolute
 */
export async function isProgramThere(program: string, folder: string): Promise<boolean> {
  if (process.platform === "win32") return true;
  const places = program.includes("/") ? [""] : (process.env["PATH"] ?? USUAL_PATH).split(delimiter);
  const found = await Promise.all(places.map((place) => isExecutable(resolve(folder, place, program))));
  return found.includes(true);
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
