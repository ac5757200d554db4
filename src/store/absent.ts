import { statSync } from "node:fs";
import { ParzenError } from "../errors.ts";
import { checkLocation, fileOf } from "./location.ts";

/**
 * Whether a location names a file that is not there: opening it would make an empty store.
 *
 * @throws STORE_UNAVAILABLE where a folder above may not be entered, so that nobody can tell; OPTION_INVALID
 */
export function isAbsent(location: string): boolean {
  checkLocation(location);
  const path = fileOf(location);
  return path !== null && path !== "" && !isThere(path); // opening none tells what is wrong
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EACCES")) return true; // opening it tells what is wrong
    throw new ParzenError("STORE_UNAVAILABLE", `the store ${path} is not available: its folder may not be entered`, {
      hint: "Change the permissions of the folder, or take another place for the store",
      cause,
    });
  }
}
