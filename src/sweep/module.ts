import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { loadError } from "./load-error.ts";
import { shownPath } from "./shown-path.ts";
import { SweepError } from "./sweep-error.ts";
import { importTypeScript } from "./typescript/typescript.ts";

/** Endings that Node cannot run itself on every version. */
const TYPESCRIPT = new Set([".ts", ".mts", ".cts"]);

/**
 * Runs a module and gives its default export, from ESM and from CommonJS projects.
 *
 * @param file absolute
 * @param modules its local modules, absolute: what they import while they run, and which stack frames are the user's
 * @throws SweepError for whatever goes wrong in it, or where it has no default export
 */
export async function importDefault(file: string, modules: readonly string[]): Promise<unknown> {
  const url = pathToFileURL(file).href;
  try {
    const namespace: unknown = await (TYPESCRIPT.has(extname(file)) ? importTypeScript(url, modules) : import(url));
    const definition = await defaultOf(namespace, file); // a promise of a definition is one
    Object.values(Object(definition)); // a getter may throw as well as the module
    return definition;
  } catch (error) {
    throw error instanceof SweepError ? error : loadError(error, file, modules);
  }
}

function defaultOf(namespace: unknown, file: string): unknown {
  const exported = own(namespace, "default");
  const isTranspiled = own(exported, "__esModule") === true; // CommonJS that was written as ESM: its own default counts
  const value = isTranspiled ? own(exported, "default") : exported;
  if (value !== undefined) return value;
  const names = Object.keys(isTranspiled ? Object(exported) : Object(namespace)).filter(
    (name) => name !== "__esModule",
  );
  const seen = names.length === 0 ? "it exports nothing" : `it exports ${names.join(", ")}`;
  throw new SweepError({
    file: shownPath(file),
    path: "",
    expected: `no default export (${seen})`,
    hint: "Write `export default defineSweep({ ... })`.",
  });
}

function own(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !(key in value)) return undefined;
  return (value as Record<string, unknown>)[key]; // it has the key
}
