import module, { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/**
 * Runs a TypeScript module, and those it imports, from ESM and from CommonJS projects; anew each time.
 *
 * @param url of the file
 */
export async function importTypeScript(url: string): Promise<unknown> {
  const { tsImport } = await import("tsx/esm/api"); // takes long to load itself, and every child of a pool would
  const addHook = await hookOf(resolveHook(entryPoints(url)));
  const namespace = tsImport(url, import.meta.url);
  addHook(); // hooks are asked last one first: it must come after the loader's, and comes before the module's imports
  return namespace;
}

/** The package's entry points by name, as the module finds them; less those that themselves need the loader. */
function entryPoints(url: string): { readonly [specifier: string]: string } {
  const { resolve } = createRequire(url);
  const found: [string, string][] = [];
  for (const specifier of ["parzen", "parzen/redis", "parzen/training", "parzen/testing"]) {
    try {
      const file = resolve(specifier);
      if (file.endsWith(".js")) found.push([specifier, pathToFileURL(file).href]);
    } catch {
      // the loader says what is missing, should the module import it
    }
  }
  return Object.fromEntries(found);
}

/**
 * Takes this package past the loader, which would run its hundreds of modules a second time. What `require` finds stays
 * with the loader.
 *
 * @returns the URL of a module, as Node wants it for hooks that run in a thread of their own
 */
function resolveHook(urls: { readonly [specifier: string]: string }): string {
  const source = `const urls = ${JSON.stringify(urls)};
export function resolve(specifier, context, next) {
  const isOfLoader = context.conditions.includes("import") && context.parentURL?.includes("tsx-namespace=");
  if (!isOfLoader || !Object.hasOwn(urls, specifier)) return next(specifier, context);
  return { url: urls[specifier], format: "module", shortCircuit: true };
}`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** Hooks of a thread of their own are asked after those of the importing thread, which Node has since 22.15. */
async function hookOf(url: string): Promise<() => void> {
  const since: { readonly registerHooks?: unknown } & typeof module = module;
  const { registerHooks } = since;
  if (typeof registerHooks !== "function") return () => module.register(url);
  const hooks = await import(url);
  return () => registerHooks(hooks);
}
