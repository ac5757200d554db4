import { ParzenError } from "../../errors.ts";
import type { Database } from "./database.ts";
import { damaged } from "./failure.ts";
import { integer } from "./rows.ts";

/** "parz" in ASCII: tells a store from any other SQLite database. */
const APPLICATION_ID = 0x7061727a;

/**
 * What brings a file from version n to n + 1, in order. An entry is never changed once it was released; a change of the
 * schema is a new one.
 *
 * Trials are JSON documents; beside them stand only the columns that are looked up. `changed` is the study's sequence
 * after the trial's latest change, `configuration` a hash of its assignment. NULL in a report's value is NaN.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE study (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    created_at_ms REAL NOT NULL,
    spec TEXT NOT NULL,
    settings TEXT NOT NULL,
    control TEXT NOT NULL,
    control_reason TEXT,
    resumed_at INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    next_number INTEGER NOT NULL,
    driver TEXT,
    tests TEXT NOT NULL,
    notes TEXT NOT NULL
  ) STRICT;

  CREATE TABLE trial (
    study INTEGER NOT NULL REFERENCES study (key) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed INTEGER NOT NULL,
    configuration TEXT NOT NULL,
    token TEXT,
    document TEXT NOT NULL,
    PRIMARY KEY (study, number)
  ) STRICT;
  CREATE INDEX trial_changed ON trial (study, changed);
  CREATE INDEX trial_configuration ON trial (study, configuration);

  CREATE TABLE report (
    study INTEGER NOT NULL,
    number INTEGER NOT NULL,
    step INTEGER NOT NULL,
    value REAL,
    PRIMARY KEY (study, number, step),
    FOREIGN KEY (study, number) REFERENCES trial (study, number) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE log (
    study INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (study, number),
    FOREIGN KEY (study, number) REFERENCES trial (study, number) ON DELETE CASCADE
  ) STRICT;

  CREATE TABLE imported (
    key INTEGER PRIMARY KEY,
    study INTEGER NOT NULL REFERENCES study (key) ON DELETE CASCADE,
    imported_at INTEGER NOT NULL,
    document TEXT NOT NULL
  ) STRICT;
  CREATE INDEX imported_at ON imported (study, imported_at);
  `,
];

/**
 * Makes a connection fit for a store: the newest schema, readers beside a writer, and commits that survive a kill. A
 * power cut may take the latest of them, since NORMAL flushes the log only at checkpoints, but damages nothing.
 *
 * @source https://www.sqlite.org/pragma.html#pragma_synchronous
 */
export function prepareFile(database: Database): void {
  // First whether it is a store at all: no other file is touched.
  database.read(() => checkedVersion(database, MIGRATIONS.length));
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = NORMAL");
  database.exec("PRAGMA foreign_keys = ON");
  migrate(database);
}

/**
 * Brings a file to the newest schema, a new one to its first. Safe where several processes do it at once.
 *
 * @throws STORE_NEWER for a file of a later version, STORE_CORRUPT for a damaged one or a database of another program
 */
export function migrate(database: Database, migrations: readonly string[] = MIGRATIONS): void {
  if (database.read(() => checkedVersion(database, migrations.length)) === migrations.length) return;
  database.write(() => {
    const from = checkedVersion(database, migrations.length);
    for (const migration of migrations.slice(from)) database.exec(migration);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

/** The version of the file, 0 for an empty one. Within a transaction: another process may be making it a store. */
function checkedVersion(database: Database, newest: number): number {
  const application = pragma(database, "application_id");
  const version = pragma(database, "user_version");
  const isEmpty =
    application === 0 && version === 0 && database.get("SELECT 1 FROM sqlite_schema LIMIT 1") === undefined;
  if (isEmpty) return 0;
  if (application !== APPLICATION_ID) {
    throw new ParzenError("STORE_CORRUPT", `${database.path} is a SQLite database, but not one of parzen`, {
      hint: "Take another place for the store",
    });
  }
  if (version < 1) throw damaged(database.path, new Error(`its schema has version ${version}`));
  if (version <= newest) return version;
  const has = `has schema version ${version}, and this parzen knows up to version ${newest}`;
  throw new ParzenError("STORE_NEWER", `the store ${database.path} ${has}`, {
    hint: "Update parzen to the version that wrote it: npm install parzen@latest",
  });
}

function pragma(database: Database, name: string): number {
  const row = database.get(`PRAGMA ${name}`);
  return row === undefined ? 0 : integer(row, name);
}
