import { realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type BuildFailure, build, type Message } from "esbuild";
import { shownPath } from "./shown-path.ts";
import { SweepError } from "./sweep-error.ts";

export interface LocalModule {
  /** Absolute, symbolic links followed. */
  readonly path: string;
  /** Relative to the folder of the first module, with slashes. */
  readonly name: string;
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
    const { metafile } = await build({
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
    return Object.keys(metafile.inputs).map((name) => ({ name, path: resolve(folder, name) }));
  } catch (error) {
    throw isBuildFailure(error) ? syntaxError(error, file, folder) : error;
  }
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
