import { accessSync, constants, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { ParzenError, show, thrownMessage } from "../../errors.ts";
import { isWritable } from "./placement.ts";

/** @source https://www.sqlite.org/rescode.html, primary codes */
const ERROR = 1;
const BUSY = 5;
const LOCKED = 6;
const PERM = 3;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const PROTOCOL = 15;
const AUTH = 23;
const NOTADB = 26;

/**
 * What a failure of SQLite or of the file system means for a user; any other error as it is.
 *
 * @param path of the database, absolute
 * @param resultCode of SQLite, possibly extended; null where the error is none of SQLite's
 */
export function storeFailure(error: unknown, path: string, resultCode: number | null): unknown {
  if (error instanceof ParzenError) return error;
  if (resultCode !== null) return sqliteFailure(error, path, resultCode);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return full(path, error);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return readOnly(path, error);
    case "ENOTDIR":
    case "EEXIST":
    case "ENOENT":
      return unavailable(path, `${dirname(path)} is no folder and cannot be made one`, error);
    case "ELOOP":
      return unavailable(path, "it is a link that leads to itself", error);
    case "ENAMETOOLONG":
      return unavailable(path, "its path is too long", error);
    default:
      return error;
  }
}

function sqliteFailure(error: unknown, path: string, resultCode: number): unknown {
  switch (resultCode & 0xff) {
    case BUSY:
    case LOCKED:
    case PROTOCOL:
      return new ParzenError("STORE_UNAVAILABLE", `the store ${path} is locked by another process`, {
        hint: "Wait until that process is done or end it, then try again",
        cause: error,
      });
    case READONLY:
    case PERM:
    case AUTH:
      return readOnly(path, error);
    case CORRUPT:
    case NOTADB:
      return corrupt(`the store ${path} is damaged or no SQLite database`, error);
    case ERROR:
      return schemaFailure(error, path);
    case FULL:
      return full(path, error);
    case CANTOPEN:
    case IOERR:
      return inputOutputFailure(error, path);
    default:
      return error;
  }
}

/** A column that holds what this program never writes there. Whoever has the file open says which it is. */
export class DamagedColumn extends Error {
  constructor(column: string, value: unknown) {
    super(`its column ${column} holds ${show(value)}`);
  }
}

/** What SQLite says of a table or column that a query names and the file does not have. */
const MISSING = /^no such (?:table|column): |^table \S+ has no column named /;

/** The schema's version says what a file has: where some of it is missing, another program took it away. */
function schemaFailure(error: unknown, path: string): unknown {
  const said = thrownMessage(error);
  return MISSING.test(said) ? damaged(path, error) : error;
}

/** Of a file that holds what no store holds: the cause says what. */
export function damaged(path: string, cause: unknown): ParzenError {
  return corrupt(`the store ${path} is damaged: ${thrownMessage(cause)}`, cause);
}

function corrupt(message: string, cause: unknown): ParzenError {
  const hint = "Put a copy of it back, or move it away and begin anew";
  return new ParzenError("STORE_CORRUPT", message, { hint, cause });
}

function full(path: string, cause: unknown): ParzenError {
  return new ParzenError("STORE_FULL", `no space left for the store ${path}`, {
    hint: "Free some space and go on: what was stored before is there",
    cause,
  });
}

/** Of a file that was there when it was opened. */
export function fileGone(path: string): ParzenError {
  return new ParzenError("STORE_UNAVAILABLE", `the store ${path} is not available: its file is gone`, {
    hint: "Move it back and go on, or begin anew",
  });
}

function readOnly(path: string, cause: unknown): ParzenError {
  return forbidden(`the store ${path} cannot be written: no permission, or a read-only disk`, cause);
}

function forbidden(message: string, cause: unknown): ParzenError {
  return new ParzenError("STORE_UNAVAILABLE", message, {
    hint: "Change the permissions of the file and its folder, or take another place for the store",
    cause,
  });
}

function unavailable(path: string, why: string, cause: unknown): ParzenError {
  return new ParzenError("STORE_UNAVAILABLE", `the store ${path} is not available: ${why}`, {
    hint: "Check the path, or take another place for the store",
    cause,
  });
}

/** SQLite's codes for these say little, so the file system is asked what is wrong. */
function inputOutputFailure(error: unknown, path: string): ParzenError {
  const folder = dirname(path);
  if (isFolder(path)) return unavailable(path, "it is a folder", error);
  if (isUnreadable(path)) return forbidden(`the store ${path} cannot be read: no permission`, error);
  if (!isWritable(folder)) return readOnly(path, error);
  // On a full disk the shared memory file cannot grow, for one.
  if (hasNoSpace(folder)) return full(path, error);
  return unavailable(path, "it cannot be opened, read or written", error);
}

/** False also where nobody may look. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** False where nothing is there. */
function isUnreadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EPERM");
  }
}

function hasNoSpace(folder: string): boolean {
  try {
    const { blocks, bavail } = statfsSync(folder);
    return blocks > 0 && bavail === 0;
  } catch {
    return false;
  }
}
