import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { addHook } from "./import-hook.ts";

/**
 * Lets modules that the loader requires import TypeScript while they run, `await import("./model")`: Node looks for such
 * files itself, past the loader. What it finds without help, such as packages, stays with it.
 *
 * @param modules absolute; those that import nothing so cost nothing
 * @param namespace of the loader: what is imported is then what others have required
 */
export async function requireImported(modules: readonly string[], namespace: string): Promise<void> {
  const asking = await Promise.all(modules.map(async (file) => ((await mayImport(file)) ? [file] : [])));
  const parents = asking.flat().map((file) => pathToFileURL(file).href);
  if (parents.length > 0) (await addHook(resolveHook(parents, namespace)))();
}

async function mayImport(file: string): Promise<boolean> {
  return /^\.c?ts$/.test(extname(file)) && /\bimport\s*\(/.test(await readFile(file, "utf8"));
}

/** As a module of its own, for `addHook`. The loader's code takes the one export for the whole module that it is. */
function resolveHook(parents: readonly string[], namespace: string): string {
  return `
import { createRequire, isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";

const PARENTS = new Set(${JSON.stringify(parents)});

export function resolve(specifier, context, next) {
  const { parentURL, conditions } = context;
  if (!PARENTS.has(parentURL) || !conditions.includes("import") || isFound(specifier, parentURL)) {
    return next(specifier, context);
  }
  const parent = JSON.stringify(fileURLToPath(parentURL) + ${JSON.stringify(`?namespace=${namespace}`)});
  const source =
    'import { createRequire } from "node:module";' +
    "export default createRequire(" + parent + ")(" + JSON.stringify(specifier) + ");";
  return { url: "data:text/javascript," + encodeURIComponent(source), format: "module", shortCircuit: true };
}

function isFound(specifier, parent) {
  if (isBuiltin(specifier)) return true;
  try {
    return !/\\.([cm]?ts|json)$/.test(createRequire(parent).resolve(specifier));
  } catch (error) {
    return error.code !== "MODULE_NOT_FOUND"; // a package may be there for import alone
  }
}`;
}
