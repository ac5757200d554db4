import { randomUUID } from "node:crypto";
import { access, constants } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { isCommonJs, tsconfigOf } from "./module-kind.ts";
import { requireImported } from "./running-imports.ts";
import { importHook, shareRequired } from "./shared-package.ts";

/**
 * Runs a TypeScript module, and those it imports; anew each time, but for this package.
 *
 * @param url of the file
 * @param modules its local modules, absolute
 */
export async function importTypeScript(url: string, modules: readonly string[]): Promise<unknown> {
  const file = fileURLToPath(url);
  await spareCache();
  const tsconfig = process.env["TSX_TSCONFIG_PATH"] ?? (await tsconfigOf(file)) ?? undefined; // else that of the working directory
  return (await isCommonJs(file)) ? requireAnew(file, { modules, tsconfig }) : importAnew(url, tsconfig);
}

/** The loaders keep what they compiled below TMPDIR, and fail where they cannot; they look at this once, as they load. */
async function spareCache(): Promise<void> {
  const isWritable = await access(tmpdir(), constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable) process.env["TSX_DISABLE_CACHE"] = "1";
}

interface Around {
  readonly modules: readonly string[];
  readonly tsconfig: string | undefined;
}

/** What was required keeps the names and lines of its files; imported, CommonJS would run under a URL of its own text. */
async function requireAnew(file: string, { modules, tsconfig }: Around): Promise<unknown> {
  const { register } = await import("tsx/cjs/api"); // takes long to load itself, and every child of a pool would
  const namespace = randomUUID();
  const loader = withTsconfig(tsconfig, () => register({ namespace }));
  shareRequired();
  await requireImported(modules, namespace);
  const exported: unknown = loader.require(file, import.meta.url);
  return isWhole(exported) ? { default: exported } : exported;
}

/** The loader for `require` is told of it by the environment alone, which it reads at once. */
function withTsconfig<T>(path: string | undefined, register: () => T): T {
  const { env } = process;
  const before = env["TSX_TSCONFIG_PATH"];
  if (path !== undefined) env["TSX_TSCONFIG_PATH"] = path;
  try {
    return register();
  } finally {
    if (before === undefined) delete env["TSX_TSCONFIG_PATH"];
  }
}

/** Whether a module is what `export =` or `module.exports =` made of it; one that exports nothing is empty. */
function isWhole(exported: unknown): boolean {
  if (typeof exported !== "object" || exported === null) return false;
  return !("__esModule" in exported) && Object.keys(exported).length > 0;
}

/**
 * What it requires in turn is run anew too. The loader's own `tsImport` does the same, but where hooks run at once, as on
 * Node 26, it has resolved the file's imports before it returns, and no other hook is asked.
 */
async function importAnew(url: string, tsconfig: string | undefined): Promise<unknown> {
  const [required, imported] = await Promise.all([import("tsx/cjs/api"), import("tsx/esm/api")]); // as above
  const share = await importHook();
  const namespace = randomUUID();
  required.register({ namespace });
  const loader = imported.register({ namespace, ...(tsconfig === undefined ? {} : { tsconfig }) });
  share();
  return loader.import(url, import.meta.url);
}
