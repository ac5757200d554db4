import { readFile, stat } from "node:fs/promises";
import { dirname, extname, join } from "node:path";

/** Whether Node would run a TypeScript module as CommonJS, once its types are gone. */
export async function isCommonJs(file: string): Promise<boolean> {
  const ending = extname(file);
  return ending === ".cts" || (ending !== ".mts" && (await typeOf(dirname(file))) !== "module");
}

/** The nearest `tsconfig.json` in the file's folder or one above; null where there is none. */
export async function tsconfigOf(file: string): Promise<string | null> {
  const folder = dirname(file);
  if (folder === file) return null;
  const path = join(folder, "tsconfig.json");
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? path : tsconfigOf(folder);
}

/** What the nearest package.json says. */
async function typeOf(folder: string): Promise<unknown> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => null);
  if (text !== null) return typeIn(text);
  const above = dirname(folder);
  return above === folder ? undefined : typeOf(above);
}

function typeIn(manifest: string): unknown {
  try {
    return (JSON.parse(manifest) as { readonly type?: unknown } | null)?.type;
  } catch {
    return undefined; // whoever resolves packages says what is wrong
  }
}
