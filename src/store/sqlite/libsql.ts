import type { Connection, Row, SqliteDriver, SqlValue, Statement } from "./driver.ts";

/** The part of libsql that is used. Its own types promise parameters it does not take. */
interface LibsqlDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): LibsqlStatement;
  close(): void;
}

/** Parameters as one array: a lone null would be taken for an object of named ones. */
interface LibsqlStatement {
  run(values: readonly SqlValue[]): { readonly changes: number };
  get(values: readonly SqlValue[]): Row | undefined;
  all(values: readonly SqlValue[]): Row[];
}

/** Loads the native module. @throws where there is none for this platform */
export async function libsqlDriver(): Promise<SqliteDriver> {
  const { default: Database } = await import("libsql");
  return {
    open: (path) => connect(new Database(path) as unknown as LibsqlDatabase), // what it is at run time
    resultCode,
  };
}

function connect(database: LibsqlDatabase): Connection {
  return {
    exec: (sql) => {
      database.exec(sql);
    },
    prepare: (sql) => wrap(database.prepare(sql)),
    close: () => database.close(),
  };
}

function wrap(statement: LibsqlStatement): Statement {
  return {
    run: (...values) => statement.run(values).changes,
    get: (...values) => statement.get(values),
    all: (...values) => statement.all(values),
  };
}

function resultCode(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  if ("rawCode" in error && typeof error.rawCode === "number") return error.rawCode;
  // Where it cannot connect, the code stands only in the text: ConnectionFailed("Unable to open ...: 14").
  const code = /^ConnectionFailed\(.*: (\d+)"\)$/s.exec(error.message)?.[1];
  return code === undefined ? null : Number(code);
}
