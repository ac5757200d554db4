import type { Stats } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { didYouMean, systemReason } from "../errors.ts";
import type { RootSpace } from "../space/node.ts";
import { checkedSweep } from "./checked-sweep.ts";
import type { LocalModule } from "./code/bundle.ts";
import { isCurrent, type KnownCode, keepCode } from "./code/known-code.ts";
import { type ModuleCode, readCode } from "./code/module-code.ts";
import { type VersionedFile, versionOf } from "./code/version.ts";
import { isYaml, notFound, SWEEP_ENDINGS, shippedSweeps } from "./find.ts";
import { importDefault } from "./module.ts";
import { moduleSource } from "./module-source.ts";
import type { ResolvedSweep } from "./resolved-sweep.ts";
import { shownPath } from "./shown-path.ts";
import { fail, type SweepSource } from "./source.ts";
import { SweepError } from "./sweep-error.ts";
import { nameOfFile } from "./sweep-name.ts";

/** A sweep that was read from its file, checked, and can be run. */
export interface LoadedSweep extends ResolvedSweep {
  /** Absolute. */
  readonly file: string;
  readonly kind: SweepSource["kind"];
  /** The space as it was written. */
  readonly source: RootSpace;
  /** Absolute paths. */
  readonly data: readonly string[];
  /** Hash of the objective's code and data; see `versionOf`. */
  readonly version: string;
  /** What `version` covers, so that a difference can be named. */
  readonly files: readonly VersionedFile[];
}

/**
 * Reads a sweep: TypeScript or JavaScript with a default export, YAML or JSON. A module is run, YAML is only read.
 *
 * @param file relative to the working directory, or absolute
 * @param known what another process found its modules to be; null where nobody says
 * @throws SweepError (SWEEP_INVALID) with file, line and column where they are known; ParzenError SWEEP_NOT_FOUND
 */
export async function loadSweep(file: string, known: KnownCode | null = null): Promise<LoadedSweep> {
  const path = resolve(file);
  await checkFile(file, path);
  try {
    return await readSweep(path, known);
  } catch (error) {
    throw unreadable(error, path) ?? error;
  }
}

async function readSweep(path: string, known: KnownCode | null): Promise<LoadedSweep> {
  const { definition, source, modules } = await (isYaml(path) ? readYaml(path) : readModule(path, known));
  const sweep = await checkedSweep(definition, source, nameOfFile(path));
  const data = await dataFiles(sweep.data, path, source);
  const code = sweep.command === null ? await readModules(path, modules) : [];
  const { hash, files } = await versionOf({ file: path, code, command: sweep.command, data });
  return { ...sweep, file: path, kind: source.kind, source: sweep.space.source, data, version: hash, files };
}

/** Of the sweep, its script or its data; null where something else is wrong. */
function unreadable(error: unknown, sweep: string): SweepError | null {
  if (!(error instanceof Error && "syscall" in error)) return null;
  const file = shownPath("path" in error ? String(error.path) : sweep);
  return new SweepError({ file, path: "", expected: `it cannot be read: ${systemReason(error)}`, cause: error });
}

async function checkFile(typed: string, path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw await notFound(typed, path, await shippedSweeps());
  if (SWEEP_ENDINGS.includes(extname(path))) return;
  const expected = `a sweep in a file that ends in ${SWEEP_ENDINGS.join(", ")}`;
  throw new SweepError({ file: shownPath(path), path: "", expected, received: basename(path) });
}

interface Read {
  readonly definition: unknown;
  readonly source: SweepSource;
  readonly modules: readonly LocalModule[];
}

async function readYaml(path: string): Promise<Read> {
  const { parseSweep } = await import("./yaml.ts"); // most sweeps, and every child of a pool, can do without its parser
  return { ...parseSweep(await readFile(path), shownPath(path)), modules: [] };
}

async function readModule(path: string, known: KnownCode | null): Promise<Read> {
  // First: it places syntax errors and missing files better than running does.
  const modules = known !== null && (await isCurrent(known, path)) ? known.modules : await findModules(path);
  const own = modules.map((module) => module.path);
  const definition = await importDefault(path, own);
  return { definition, source: moduleSource(await readFile(path, "utf8"), shownPath(path)), modules };
}

async function findModules(path: string): Promise<readonly LocalModule[]> {
  const { localModules } = await import("./code/bundle.ts"); // its bundler is what only modules need
  return localModules(path);
}

/** Read again after the module ran, so that code which is edited meanwhile is not taken for what ran. */
async function readModules(path: string, modules: readonly LocalModule[]): Promise<readonly ModuleCode[]> {
  const code = await Promise.all(modules.map(readCode));
  await keepCode(path, modules, code);
  return code;
}

async function dataFiles(data: readonly string[], sweep: string, source: SweepSource): Promise<readonly string[]> {
  const paths = data.map((file) => resolve(dirname(sweep), file));
  for (const [index, path] of paths.entries()) {
    const found = await stat(path).catch(() => null);
    if (found?.isFile()) continue;
    const given = data[index] ?? "";
    const what = "a file, relative to the sweep's folder";
    const near = found === null ? await readdir(dirname(path)).catch((): string[] => []) : [];
    const names = near.map((name) => join(dirname(given), name));
    const expected =
      found === null ? `${what}${didYouMean(given, names)}` : `${what}, and ${kindOf(found)} stands there`;
    const hint = found?.isDirectory() ? "List the files in it that belong to the version of the objective." : undefined;
    throw fail(source, ["data", String(index)], { expected, received: given, hint });
  }
  return paths;
}

function kindOf(found: Stats): string {
  return found.isDirectory() ? "a folder" : "a pipe, a device or the like";
}
