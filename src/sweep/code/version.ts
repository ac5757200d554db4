import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, resolve } from "node:path";
import { sha256 } from "../sha256.ts";
import { portablePath } from "../shown-path.ts";
import type { ModuleCode } from "./module-code.ts";

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
  /** Of the sweep's module and its local imports; it counts where the objective is a function. */
  readonly code: readonly ModuleCode[];
  /** Null: the objective is a function. */
  readonly command: readonly string[] | null;
  /** Absolute. */
  readonly data: readonly string[];
}

/**
 * The version of an objective. For a function it covers the sweep and its local imports; for a command the arguments and
 * those of them that are files beside the sweep; for both the `data` files.
 */
export async function versionOf({ file, code, command, data }: Versioned): Promise<SweepVersion> {
  const own =
    command === null ? code.map(({ name, hash }) => ({ file: name, hash })) : await hashCommand(file, command);
  const files = [...own, ...(await hashFiles(file, data))];
  const unique = [...new Map(files.map((each) => [each.file, each])).values()];
  const sorted = unique.toSorted((left, right) => (left.file < right.file ? -1 : 1));
  return { hash: sha256(JSON.stringify(sorted.map((each) => [each.file, each.hash]))), files: sorted };
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

/** Streamed: data may be large. */
async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array); // no encoding: chunks are bytes
  return hash.digest("hex");
}
