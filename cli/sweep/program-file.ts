import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { ParzenError } from "../../src/errors.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { shownPath } from "../../src/sweep/shown-path.ts";
import { foldersOfPath } from "../folders-of-path.ts";

/** Refuses a command whose program is not there, before a trial is spent on it. @throws ParzenError MACHINE_FAULT */
export async function checkProgram(sweep: LoadedSweep): Promise<void> {
  const missing = await missingProgram(sweep);
  if (missing === null) return;
  throw new ParzenError("MACHINE_FAULT", `this machine cannot run trials of ${shownPath(sweep.file)}: ${missing}`);
}

/** `there is no program python on PATH`, or null where the system would find a command's program. */
export async function missingProgram({ command, file }: LoadedSweep): Promise<string | null> {
  const program = command?.[0]?.replaceAll("{{", "{").replaceAll("}}", "}"); // the braces of `expandCommand`
  const folder = dirname(file);
  if (program === undefined || (await isProgramThere(program, folder))) return null;
  return `there is no program ${program} ${program.includes("/") ? `in ${shownPath(folder)}` : "on PATH"}`;
}

/**
 * Whether the system would find a program: one with a slash from the folder that it runs in, any other in the folders of
 * PATH. Windows has rules of its own, so there every program passes.
 *
 * @param folder absolute
 */
async function isProgramThere(program: string, folder: string): Promise<boolean> {
  if (process.platform === "win32") return true;
  const places = program.includes("/") ? [""] : foldersOfPath();
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
