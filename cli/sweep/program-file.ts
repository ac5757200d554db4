import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import { didYouMean, ParzenError } from "../../src/errors.ts";
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
  const kind = await kindOf(resolve(folder, program));
  if (!program.includes("/")) {
    return `there is no program ${program} on PATH${kind === "file" ? didYouMean(program, [`./${program}`]) : ""}`;
  }
  if (kind === "folder") return `expected a program, and ${program} is a folder`;
  if (kind === "file") return `expected a program, and ${program} is a file that may not be executed (chmod +x?)`;
  return `there is no program ${program}${isAbsolute(program) ? "" : ` in ${shownPath(folder)}`}`;
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
    return (await kindOf(path)) === "file";
  } catch {
    return false;
  }
}

/** What stands at a path; null also where nobody may look. */
async function kindOf(path: string): Promise<"file" | "folder" | null> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return "file";
  return found?.isDirectory() ? "folder" : null;
}
