import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { isCommonJs } from "./module-kind.ts";
import { importHook, shareRequired } from "./shared-package.ts";

/**
 * Runs a TypeScript module, and those it imports; anew each time, but for this package.
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
  const loader = register({ namespace: randomUUID() });
  shareRequired();
  return loader.require(file, import.meta.url);
}

async function importAnew(url: string): Promise<unknown> {
  const { tsImport } = await import("tsx/esm/api"); // as above
  const share = await importHook();
  const namespace = tsImport(url, import.meta.url);
  share();
  return namespace;
}
