import { statSync } from "node:fs";
import { dirname } from "node:path";
import { StoreClosed } from "../closed.ts";
import type { Connection, Row, SqliteDriver, SqlValue, Statement } from "./driver.ts";
import { DamagedColumn, damaged, fileGone, storeFailure } from "./failure.ts";
import { makeFolder, placeOf } from "./placement.ts";

/** A connection with cached statements and short transactions, whose failures are the store's. */
export class Database {
  readonly path: string;
  readonly #driver: SqliteDriver;
  readonly #connection: Connection;
  readonly #statements = new Map<string, Statement>();
  /** Which file was opened. */
  readonly #file: string | null;
  #isClosed = false;

  /**
   * Opens the file, making it and its folder where they do not exist. One that cannot be written is opened for reading.
   *
   * @param path absolute
   * @param busyTimeoutMs how long a call waits for another process; set before anything else, or two processes that
   * open a file at once may fail each other
   */
  constructor(driver: SqliteDriver, path: string, busyTimeoutMs: number) {
    this.path = path;
    this.#driver = driver;
    this.#connection = this.#guard(() => {
      makeFolder(dirname(path));
      const connection = driver.open(placeOf(path));
      connection.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
      return connection;
    });
    this.#file = this.#guard(() => fileAt(path));
  }

  exec(sql: string): void {
    this.#guard(() => this.#connection.exec(sql));
  }

  /** @returns how many rows changed */
  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.#guard(() => this.#statement(sql).run(...values));
  }

  get(sql: string, ...values: readonly SqlValue[]): Row | undefined {
    return this.#guard(() => this.#statement(sql).get(...values));
  }

  all(sql: string, ...values: readonly SqlValue[]): readonly Row[] {
    return this.#guard(() => this.#statement(sql).all(...values));
  }

  /**
   * Runs `change` alone: no other process writes meanwhile, and all of it is kept or nothing. A file that was removed or
   * moved takes nothing, be there another in its place: the system would write on where nobody finds it.
   */
  write<T>(change: () => T): T {
    return this.#transaction("BEGIN IMMEDIATE", () => {
      if (this.#guard(() => fileAt(this.path)) !== this.#file) throw fileGone(this.path);
      return change();
    });
  }

  /** Runs `look` on one state of the database, whatever is written meanwhile. */
  read<T>(look: () => T): T {
    return this.#transaction("BEGIN", look);
  }

  /** Leaves everything in the one file, so that it can be copied. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      this.#connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch {
      // Another process is at it, or the disk is full: the next to open the file does it.
    }
    this.#statements.clear();
    this.#connection.close();
  }

  #transaction<T>(begin: string, body: () => T): T {
    if (this.#isClosed) throw new StoreClosed(this.path);
    this.run(begin);
    try {
      const result = body();
      this.run("COMMIT");
      return result;
    } catch (error) {
      this.#rollBack();
      throw error instanceof DamagedColumn ? damaged(this.path, error) : error;
    }
  }

  /** SQLite itself has rolled back after a full disk, for one; then there is nothing left to do. */
  #rollBack(): void {
    try {
      this.#statement("ROLLBACK").run();
    } catch {}
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<T>(call: () => T): T {
    try {
      return call();
    } catch (error) {
      throw storeFailure(error, this.path, this.#driver.resultCode(error));
    }
  }
}

/** What tells the file at a path from any other that was or will be there; null where there is none. */
function fileAt(path: string): string | null {
  const file = statSync(path, { bigint: true, throwIfNoEntry: false });
  return file === undefined ? null : `${file.dev}.${file.ino}`;
}
