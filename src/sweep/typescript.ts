import { randomUUID } from "node:crypto";
import module from "node:module";
import { fileURLToPath } from "node:url";
import { isCommonJs } from "./module-kind.ts";

/**
 * Runs a TypeScript module, and those it imports; anew each time.
 *
 * @param url of the file
 */
export async function importTypeScript(url: string): Promise<unknown> {
  const file = fileURLToPath(url);
  return (await isCommonJs(file)) ? requireAnew(file) : importAnew(url);
}

/** What was required keeps the names and lines of its files; imported, CommonJS would run under a URL of its own text. */
async function requireAnew(file: string): Promise<unknown> {
  const { register } = await import("tsx/cjs/api"); // takes long to load itself, and every child of a pool would
  return register({ namespace: randomUUID() }).require(file, import.meta.url);
}

async function importAnew(url: string): Promise<unknown> {
  const { tsImport } = await import("tsx/esm/api"); // as above
  const addHook = await hookOf(RESOLVE_HOOK);
  const namespace = tsImport(url, import.meta.url);
  addHook(); // hooks are asked last one first: it must come after the loader's, and comes before the module's imports
  return namespace;
}

/**
 * Takes this package past the loader, which would run its hundreds of modules a second time; less an entry point that
 * itself needs the loader. A module, as its URL: where Node wants it, for hooks that run in a thread of their own.
 */
const RESOLVE_HOOK = `data:text/javascript,${encodeURIComponent(`
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const OWN = ["parzen", "parzen/redis", "parzen/training", "parzen/testing"];

export function resolve(specifier, context, next) {
  const isOfLoader = context.conditions.includes("import") && context.parentURL?.includes("tsx-namespace=");
  const file = isOfLoader && OWN.includes(specifier) ? found(specifier, context.parentURL) : "";
  if (!file.endsWith(".js")) return next(specifier, context);
  return { url: pathToFileURL(file).href, format: "module", shortCircuit: true };
}

function found(specifier, parent) {
  try {
    return createRequire(parent).resolve(specifier);
  } catch {
    return ""; // the loader says what is missing
  }
}`)}`;

/** Hooks of a thread of their own are asked after those of the importing thread, which Node has since 22.15. */
async function hookOf(url: string): Promise<() => void> {
  const since: { readonly registerHooks?: unknown } & typeof module = module;
  const { registerHooks } = since;
  if (typeof registerHooks !== "function") return () => module.register(url);
  const hooks = await import(url);
  return () => registerHooks(hooks);
}
