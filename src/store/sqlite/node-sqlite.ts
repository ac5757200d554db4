import type { Connection, Row, SqliteDriver, SqlValue, Statement } from "./driver.ts";

/** The part of `node:sqlite` that is used; the types of Node 20 do not have the module. */
interface NodeSqlite {
  readonly DatabaseSync: new (path: string) => DatabaseSync;
}

interface DatabaseSync {
  exec(sql: string): void;
  prepare(sql: string): StatementSync;
  close(): void;
}

interface StatementSync {
  run(...values: readonly SqlValue[]): { readonly changes: number | bigint };
  get(...values: readonly SqlValue[]): Row | undefined;
  all(...values: readonly SqlValue[]): Row[];
}

/** @throws on a Node without `node:sqlite`, which came without a flag in 22.13 */
export async function nodeSqliteDriver(): Promise<SqliteDriver> {
  // A name that the compiler does not follow, since its types do not know the module.
  const specifier: string = "node:sqlite";
  const { DatabaseSync }: NodeSqlite = await import(specifier);
  return { open: (path) => connect(new DatabaseSync(path)), resultCode };
}

function connect(database: DatabaseSync): Connection {
  return {
    exec: (sql) => database.exec(sql),
    prepare: (sql) => wrap(database.prepare(sql)),
    close: () => database.close(),
  };
}

function wrap(statement: StatementSync): Statement {
  return {
    run: (...values) => Number(statement.run(...values).changes),
    get: (...values) => statement.get(...values),
    all: (...values) => statement.all(...values),
  };
}

function resultCode(error: unknown): number | null {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number" ? error.errcode : null;
}
