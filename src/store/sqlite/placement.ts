import { accessSync, constants, mkdirSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Makes a folder and those above it. Node's own `recursive` never returns where a folder cannot be made that seems to be
 * there, such as one below `/proc`.
 */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error; // else another process was quicker
  }
}

/**
 * What SQLite is to open: the path, or, where neither the file nor anything beside it can be written, a URI that says
 * so. Then reading needs no log and takes no locks. With a log that holds commits, only the path finds them.
 *
 * @param path absolute
 * @source https://www.sqlite.org/wal.html#read_only_databases
 */
export function placeOf(path: string): string {
  const file = statSync(path, { throwIfNoEntry: false })?.isFile() === true ? realpathSync(path) : null;
  if (file === null || (isWritable(file) && isWritable(dirname(file)))) return path;
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  return (log?.size ?? 0) > 0 ? path : `${pathToFileURL(file).href}?immutable=1`;
}

/** Whether this process may write a file, or into a folder. */
export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
