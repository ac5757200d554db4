import module, { createRequire } from "node:module";
import { addHook } from "./import-hook.ts";

/**
 * What sweeps import of this package, which is taken past the TypeScript loader: that would run its hundreds of modules a
 * second time. Less an entry point that itself needs the loader.
 */
const ENTRIES: readonly string[] = ["parzen", "parzen/redis", "parzen/training", "parzen/testing"];

/** As a module of its own, for `addHook`. */
const RESOLVE_HOOK = `
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const ENTRIES = ${JSON.stringify(ENTRIES)};

export function resolve(specifier, context, next) {
  const isOfLoader = context.conditions.includes("import") && context.parentURL?.includes("tsx-namespace=");
  const file = isOfLoader && ENTRIES.includes(specifier) ? found(specifier, context.parentURL) : "";
  if (!file.endsWith(".js")) return next(specifier, context);
  return { url: pathToFileURL(file).href, format: "module", shortCircuit: true };
}

function found(specifier, parent) {
  try {
    return createRequire(parent).resolve(specifier);
  } catch {
    return ""; // the loader says what is missing
  }
}`;

/**
 * Prepares sharing with modules that the loader imports.
 *
 * @returns what begins it: call it when the loader has its own hook and no import was asked
 */
export function importHook(): Promise<() => void> {
  return addHook(RESOLVE_HOOK);
}

type Resolve = (request: string, parent?: { readonly filename?: string | null }, ...more: unknown[]) => string;

/** Begins sharing with modules that the loader requires; after the loader has put its own way to find files in place. */
export function shareRequired(): void {
  const finder = module as unknown as { _resolveFilename: Resolve }; // not in its types, though every loader goes by it
  const next = finder._resolveFilename;
  finder._resolveFilename = (request, parent, ...more) => {
    const [file, query] = parent?.filename?.split("?") ?? [];
    const isOfLoader = file !== undefined && query?.includes("namespace=") === true;
    return (isOfLoader && ENTRIES.includes(request) && built(request, file)) || next(request, parent, ...more);
  };
}

function built(entry: string, parent: string): string | null {
  try {
    const file = createRequire(parent).resolve(entry);
    return file.endsWith(".js") ? file : null;
  } catch {
    return null; // the loader says what is missing
  }
}
