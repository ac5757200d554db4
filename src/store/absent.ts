import { statSync } from "node:fs";
import { ParzenError } from "../errors.ts";
import { checkUnwrapped } from "./location.ts";

/**
 * Whether a location names a file that is not there: opening it would make an empty store.
 *
 * @throws STORE_UNAVAILABLE where a folder above may not be entered, so that nobody can tell; OPTION_INVALID
 */
export function isAbsent(location: string): boolean {
  checkUnwrapped(location);
  const path = location.replace(/^sqlite:(\/\/)?/i, "");
  return !/^[a-z][a-z0-9+.-]+:/i.test(path) && path !== "" && !isThere(path);
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
