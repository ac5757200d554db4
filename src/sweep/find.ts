import { readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { didYouMean, ParzenError, show } from "../errors.ts";
import { packageRoot } from "./package-root.ts";

const YAML_ENDINGS: readonly string[] = [".yaml", ".yml", ".json"];

/** Endings of files that may hold a sweep. */
export const SWEEP_ENDINGS: readonly string[] = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ...YAML_ENDINGS];

/** Whether a file is YAML, or JSON as a part of it: it is read and never run. */
export function isYaml(file: string): boolean {
  return YAML_ENDINGS.includes(extname(file));
}

/**
 * The file of a sweep by what a user typed: a path, or the name of a sweep that ships, such as `digits-mlp`.
 *
 * @param cwd what a relative path is relative to
 * @returns absolute
 * @throws SWEEP_NOT_FOUND with the nearest name
 */
export async function findSweep(typed: string, cwd: string = process.cwd()): Promise<string> {
  const path = resolve(cwd, typed);
  if (await isFile(path)) return path;
  const shipped = await shippedSweeps();
  const own = shipped.find((file) => nameOf(file) === typed);
  if (own !== undefined) return own;
  throw await notFound(typed, path, shipped);
}

/** Files of the sweeps that come with this package, absolute, by name. */
export async function shippedSweeps(): Promise<readonly string[]> {
  const folder = join(packageRoot(), "search-spaces");
  return (await sweepsIn(folder)).map((name) => join(folder, name));
}

/** @param path absolute, and not there */
export async function notFound(typed: string, path: string, shipped: readonly string[]): Promise<ParzenError> {
  const folder = dirname(path);
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() === true;
  const found = (await sweepsIn(isFolder ? path : folder)).map((name) => join(dirname(typed), name));
  const near = found.filter((name) => resolve(name) !== path); // a link to nothing is there by name
  const names = shipped.map(nameOf);
  const sameStem = near.find((name) => stemOf(name) === typed);
  const meant = sameStem === undefined ? didYouMean(typed, [...near, ...names]) : ` (did you mean "${sameStem}"?)`;
  const shown = typed.trim() === "" ? show(typed) : typed;
  const problem = isFolder && typed !== "" ? "is a folder" : "is no file";
  const hint =
    names.length === 0
      ? "Give the path of a sweep."
      : `Give the path of a sweep, or one that ships: ${names.join(", ")}.`;
  return new ParzenError("SWEEP_NOT_FOUND", `${shown} ${problem}${meant}`, { hint });
}

function nameOf(file: string): string {
  return basename(file, extname(file));
}

function stemOf(path: string): string {
  return path.slice(0, path.length - extname(path).length);
}

async function sweepsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => SWEEP_ENDINGS.includes(extname(name)) && !name.endsWith(".d.ts")).toSorted();
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true;
}
