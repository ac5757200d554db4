/*
 * The seam to SQLite: the little that the store needs of a driver, so that one can replace another. All calls are
 * synchronous; errors are the driver's own, and `resultCode` says what SQLite meant.
 */

export type SqlValue = string | number | null;

/** A row may carry more than the columns asked for. */
export type Row = { readonly [column: string]: unknown };

export interface Statement {
  /** @returns how many rows changed */
  run(...values: readonly SqlValue[]): number;
  get(...values: readonly SqlValue[]): Row | undefined;
  all(...values: readonly SqlValue[]): readonly Row[];
}

export interface Connection {
  /** Runs one statement or several, without parameters and rows. */
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

export interface SqliteDriver {
  /** @param path absolute, or a `file:` URI; made where it does not exist, but not its folder */
  open(path: string): Connection;
  /** SQLite's result code of an error that the driver threw, possibly extended; null for any other error. */
  resultCode(error: unknown): number | null;
}

/** Of the package libsql, with SQLite in it; or of Node from 22.13 on. */
export type SqliteDriverName = "libsql" | "node:sqlite";
