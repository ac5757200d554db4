import { realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { BuildFailure, Message, Metafile } from "esbuild";
import { shownPath } from "../shown-path.ts";
import { SweepError } from "../sweep-error.ts";
import { esbuild } from "./esbuild.ts";

export interface LocalModule {
  /** Absolute, symbolic links followed. */
  readonly path: string;
  /** Relative to the folder of the first module, with slashes. */
  readonly name: string;
  /** Of the file when it was read, in bytes. */
  readonly size: number;
  /** Whether each local import in it is the path of a file as it is, so that no file that comes later is meant instead. */
  readonly isExact: boolean;
}

/**
 * A module and its local imports, packages left out. Nothing is run.
 *
 * @param file absolute
 * @throws SweepError for a syntax error or a local import that is not there, with its place
 */
export async function localModules(file: string): Promise<readonly LocalModule[]> {
  const entry = await realpath(file);
  const folder = dirname(entry);
  try {
    const { metafile } = await esbuild.build({
      entryPoints: [entry],
      absWorkingDir: folder,
      bundle: true,
      write: false,
      metafile: true,
      packages: "external",
      platform: "node",
      format: "esm",
      logLevel: "silent",
      loader: { ".node": "empty", ".wasm": "empty" },
    });
    return Object.entries(metafile.inputs).map(([name, input]) => moduleOf(folder, name, input));
  } catch (error) {
    throw isBuildFailure(error) ? syntaxError(error, file, folder) : error;
  }
}

function moduleOf(folder: string, name: string, { bytes, imports }: Metafile["inputs"][string]): LocalModule {
  const path = resolve(folder, name);
  const local = imports.filter(({ external }) => external !== true);
  const isExact = local.every((each) => resolve(dirname(path), each.original ?? "") === resolve(folder, each.path));
  return { name, path, size: bytes, isExact };
}

function syntaxError(failure: BuildFailure, file: string, folder: string): SweepError {
  const first: Message | undefined = failure.errors[0];
  const { location = null } = first ?? {};
  const hint = first?.notes[0]?.text;
  return new SweepError({
    file: shownPath(location === null ? file : resolve(folder, location.file)),
    position: location === null ? null : { line: location.line, column: location.column + 1 },
    path: "",
    expected: first?.text ?? failure.message,
    hint: hint?.includes("bundle") ? undefined : hint,
    cause: failure,
  });
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors) && "warnings" in error;
}
