import { isParzenError, show } from "../errors.ts";
import { shownPath } from "./shown-path.ts";
import { framesOf, toPath } from "./stack-frames.ts";
import { type Position, SweepError } from "./sweep-error.ts";

/** What a module threw while it was loaded, as one message without a stack. */
export function loadError(error: unknown, file: string, modules: readonly string[]): SweepError {
  return (
    missingModule(error, file) ??
    failedTransform(error) ??
    wrongSpace(error, file, modules) ??
    thrown(error, file, modules)
  );
}

const MISSING = [
  /^Cannot find (?:package|module) '([^']+)' imported from (\S+)/,
  /^Cannot find module '([^']+)'\nRequire stack:\n- (\S+)/,
];

function missingModule(error: unknown, file: string): SweepError | null {
  if (!(error instanceof Error)) return null;
  const found = MISSING.map((pattern) => pattern.exec(error.message)).find((match) => match !== null);
  const [, module = "", importer = ""] = found ?? [];
  if (module === "") return null;
  const isLocal = /^[./]|^[A-Za-z]:|^file:/.test(module);
  return new SweepError({
    file: shownPath(file),
    path: "",
    expected: `cannot find the ${isLocal ? "file" : "package"} ${show(module)} that ${shownPath(toPath(importer))} imports`,
    hint: isLocal ? undefined : `npm install ${packageOf(module)}`,
    cause: error,
  });
}

/** `@scope/name/deep` is of the package `@scope/name`. */
function packageOf(module: string): string {
  return module
    .split("/")
    .slice(0, module.startsWith("@") ? 2 : 1)
    .join("/");
}

const TRANSFORM = /^Transform failed with \d+ errors?:\n(.+?):(\d+):(\d+): ERROR: (.*)/;

/**
 * Code that bundles but cannot be run in this kind of project, e.g. top-level await in CommonJS. Read from the message:
 * the error's fields are lost on its way out of the loader's thread.
 */
function failedTransform(error: unknown): SweepError | null {
  const found = error instanceof Error ? TRANSFORM.exec(error.message) : null;
  if (found === null) return null;
  const [, at = "", line, column, expected = ""] = found;
  return new SweepError({
    file: shownPath(at),
    position: { line: Number(line), column: Number(column) + 1 },
    path: "",
    expected,
    hint: expected.includes('"cjs"') ? 'Name the file .mts, or put "type": "module" into package.json.' : undefined,
    cause: error,
  });
}

/** A SpaceError, also one of another copy of this package. */
function wrongSpace(error: unknown, file: string, modules: readonly string[]): SweepError | null {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "SPACE_INVALID") return null;
  if (!("path" in error && "expected" in error && "received" in error)) return null;
  const { file: at, position } = placeOf(error, file, modules);
  return new SweepError({
    file: at,
    position,
    path: error.path === "" ? "space" : `space.${error.path}`,
    expected: String(error.expected),
    received: error.received,
    hint: "hint" in error && typeof error.hint === "string" ? error.hint : undefined,
    cause: error,
  });
}

function thrown(error: unknown, file: string, modules: readonly string[]): SweepError {
  const { file: at, position } = placeOf(error, file, modules);
  const where = { file: at, position, path: "", cause: error };
  if (isParzenError(error)) return new SweepError({ ...where, expected: error.message, hint: error.hint });
  const message = error instanceof Error ? `${error.name}: ${error.message}` : show(error);
  return new SweepError({ ...where, expected: `throws while it is loaded: ${message}` });
}

interface Place {
  readonly file: string;
  readonly position: Position | null;
}

/** The topmost frame of the stack in one of the user's modules; the file alone where there is none. */
function placeOf(error: unknown, file: string, modules: readonly string[]): Place {
  const frame = framesOf(error).find(({ path }) => path === file || modules.includes(path));
  return frame === undefined
    ? { file: shownPath(file), position: null }
    : { file: shownPath(frame.path), position: { line: frame.line, column: frame.column } };
}
