import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, isAbsolute, resolve } from "node:path";
import type { Loader } from "esbuild";
import type { LocalModule } from "./bundle.ts";
import { portablePath } from "./shown-path.ts";

/** One file that belongs to an objective. */
export interface VersionedFile {
  /** Relative to the sweep's folder, with slashes. */
  readonly file: string;
  /** sha-256, hex. Of code as it runs, without comments and types; of anything else as it is. */
  readonly hash: string;
}

/** What an objective is made of: the same on every machine, wherever the files lie. */
export interface SweepVersion {
  /** sha-256, hex, of all files. */
  readonly hash: string;
  /** By name. */
  readonly files: readonly VersionedFile[];
}

/** What counts for the version. */
export interface Versioned {
  /** The sweep, absolute. */
  readonly file: string;
  /** The sweep's module and its local imports; they count where the objective is a function. */
  readonly modules: readonly LocalModule[];
  /** Null: the objective is a function. */
  readonly command: readonly string[] | null;
  /** Absolute. */
  readonly data: readonly string[];
}

/**
 * The version of an objective. For a function it covers the sweep and its local imports; for a command the arguments and
 * those of them that are files beside the sweep; for both the `data` files.
 */
export async function versionOf({ file, modules, command, data }: Versioned): Promise<SweepVersion> {
  const code = command === null ? hashModules(modules) : hashCommand(file, command);
  const files = [...(await code), ...(await hashFiles(file, data))];
  const unique = [...new Map(files.map((each) => [each.file, each])).values()];
  const sorted = unique.toSorted((left, right) => (left.file < right.file ? -1 : 1));
  return { hash: sha256(JSON.stringify(sorted.map((each) => [each.file, each.hash]))), files: sorted };
}

function hashModules(modules: readonly LocalModule[]): Promise<readonly VersionedFile[]> {
  return Promise.all(modules.map(async ({ name, path }) => ({ file: name, hash: await hashCode(path) })));
}

async function hashCommand(file: string, command: readonly string[]): Promise<readonly VersionedFile[]> {
  const relative = command.filter((element) => element !== "" && !isAbsolute(element));
  const paths = relative.map((element) => resolve(dirname(file), element));
  const found = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
  const scripts = paths.filter((_, index) => found[index]?.isFile());
  return [{ file: basename(file), hash: sha256(JSON.stringify(command)) }, ...(await hashFiles(file, scripts))];
}

/** One after the other: data may be more files than a process may have open. */
async function hashFiles(sweep: string, paths: readonly string[]): Promise<readonly VersionedFile[]> {
  const hashed: VersionedFile[] = [];
  for (const path of paths) hashed.push({ file: portablePath(dirname(sweep), path), hash: await hashFile(path) });
  return hashed;
}

const CODE = new Map<string, Loader>([
  [".ts", "ts"],
  [".mts", "ts"],
  [".cts", "ts"],
  [".tsx", "tsx"],
  [".js", "js"],
  [".mjs", "js"],
  [".cjs", "js"],
  [".jsx", "jsx"],
]);

/** Of what the code does: comments, types and layout change nothing. */
async function hashCode(path: string): Promise<string> {
  const loader = CODE.get(extname(path));
  if (loader === undefined) return hashFile(path);
  const { transform } = await import("esbuild"); // a command's version can do without
  const { code } = await transform(await readFile(path, "utf8"), {
    loader,
    minifyWhitespace: true,
    legalComments: "none",
    target: "esnext",
    tsconfigRaw: {},
  });
  return sha256(code);
}

/** Streamed: data may be large. */
async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array); // no encoding: chunks are bytes
  return hash.digest("hex");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
