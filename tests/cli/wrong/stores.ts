import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import libsql from "libsql";
import { SMALL_SPACE } from "../small-study.ts";
import { type WrongInput, yaml } from "./case.ts";

const sweep = { "sweep.yaml": yaml() };
const run = ["run", "sweep.yaml", "--store"];

/** Nothing keeps root from writing to a folder; but nobody can make one where the kernel shows its own. */
const READ_ONLY = process.getuid?.() === 0 ? "/sys/parzen" : "read-only";

/** What a person can do to a database that SQLite finds nothing wrong with. */
const DELETED_ROWS = [
  {
    what: "a trial",
    sql: "DELETE FROM trial WHERE number = 2",
    message: /x\.db is damaged: study "demo" has lost its trial 2/,
  },
  { what: "its last trial", sql: "DELETE FROM trial WHERE number = 5", message: /study "demo" has lost its trial 5/ },
  { what: "all trials", sql: "DELETE FROM trial", message: /study "demo" has lost its trial 0/ },
  { what: "what a trial was", sql: "UPDATE trial SET document = '{}'", message: /study "demo" has lost its trial 0/ },
  {
    what: "its count",
    sql: "UPDATE study SET next_number = 3",
    message: /study "demo" has a trial 5, but gave out 3 numbers/,
  },
];

/** The sweep of the study that is there. */
const SMALL_SWEEP = `export default {
  space: ${JSON.stringify(SMALL_SPACE)},
  sampler: "random",
  seed: 1,
  objective: () => 0,
};
`;

/** Stores that cannot be opened, read or written. */
export const WRONG_STORES: readonly WrongInput[] = [
  {
    name: "a variable for the store that is empty",
    args: ["list"],
    env: { PARZEN_STORE: "" },
    code: 2,
    message: /^error: PARZEN_STORE is empty: expected a location\n.*unset PARZEN_STORE\n$/,
  },
  {
    name: "a variable for the artifacts that is empty",
    files: sweep,
    args: ["run", "sweep.yaml"],
    env: { PARZEN_ARTIFACTS: "" },
    code: 2,
    message: /^error: PARZEN_ARTIFACTS is empty: /,
  },
  { name: "a store that is empty", args: ["list", "--store", ""], code: 2, message: /^error: --store is empty: .*\n$/ },
  {
    name: "a folder that may not be written",
    files: sweep,
    arrange: (folder) => {
      mkdirSync(join(folder, "read-only"));
      chmodSync(join(folder, "read-only"), 0o555);
    },
    args: [...run, `${READ_ONLY}/parzen.db`],
    code: 4,
    message: /the store \S+ (cannot be written|is not available)/,
  },
  {
    name: "a store that is a folder",
    files: sweep,
    arrange: (folder) => mkdirSync(join(folder, "folder.db")),
    args: [...run, "folder.db"],
    code: 4,
    message: /the store \S+folder\.db is not available/,
  },
  {
    name: "a store below a file",
    files: { ...sweep, "file.txt": "" },
    args: [...run, "file.txt/parzen.db"],
    code: 4,
    message: /the store \S+ is not available: \S+file\.txt is no folder/,
  },
  {
    name: "a store in a folder that only seems to be there",
    files: sweep,
    args: [...run, process.platform === "linux" ? "/proc/parzen/parzen.db" : "file.txt/parzen/parzen.db"],
    arrange: (folder) => writeFileSync(join(folder, "file.txt"), ""),
    code: 4,
    message: /the store \S+parzen\.db is not available: \S+ is no folder and cannot be made one/,
  },
  {
    name: "a file that is no database",
    files: { ...sweep, "x.db": "this is no database at all".repeat(400) },
    args: [...run, "x.db"],
    code: 4,
    message: /the store \S+x\.db is damaged or no SQLite database/,
  },
  {
    name: "a database that lost its middle",
    files: sweep,
    arrange: (folder) => damage(join(folder, ".parzen", "parzen.db"), join(folder, "x.db")),
    args: ["status", "demo", "--store", "x.db"],
    code: 4,
    message: /the store \S+x\.db is damaged/,
  },
  ...DELETED_ROWS.flatMap(({ what, sql, message }): readonly WrongInput[] => {
    const arrange = (folder: string): void => changed(join(folder, ".parzen", "parzen.db"), join(folder, "x.db"), sql);
    const common = { arrange, code: 4, message };
    return [
      { ...common, name: `a study that lost ${what}`, args: ["status", "demo", "--store", "x.db"] },
      {
        ...common,
        name: `a run of a study that lost ${what}`,
        files: { "demo.ts": SMALL_SWEEP },
        args: ["run", "demo.ts", "--store", "x.db"],
      },
    ];
  }),
  {
    name: "a database of a later version",
    files: sweep,
    arrange: (folder) => sqlite(join(folder, "x.db"), "PRAGMA application_id = 0x7061727a; PRAGMA user_version = 99"),
    args: [...run, "x.db"],
    code: 4,
    message: /x\.db.*version 99/,
  },
  {
    name: "a database of another program",
    files: sweep,
    arrange: (folder) => sqlite(join(folder, "x.db"), "CREATE TABLE customer (name TEXT)"),
    args: [...run, "x.db"],
    code: 4,
    message: /x\.db/,
  },
  {
    name: "a Redis URL",
    files: sweep,
    args: [...run, "redis://user:s3cret@localhost:port"],
    code: 2,
    message: /redis:\/\/user:\*\*\*@localhost:port: expected host:port/,
  },
  {
    name: "a store of another kind",
    args: ["list"],
    env: { PARZEN_STORE: "postgres://localhost/parzen" },
    code: 2,
    message: /store: expected a path, sqlite:<path>, redis:\/\/<host> or memory:, received postgres:/,
  },
  ...['"redis://:s3cret@localhost"', " redis://:s3cret@localhost"].flatMap((location): readonly WrongInput[] => {
    const wrong = { env: { PARZEN_STORE: location }, code: 2, message: /store: expected .* without quotes or blanks/ };
    return [
      { ...wrong, name: `a run in ${location}`, files: sweep, args: ["run", "sweep.yaml"] },
      { ...wrong, name: `a worker of ${location}`, files: sweep, args: ["worker", "sweep.yaml"] },
      { ...wrong, name: `a look into ${location}`, args: ["list"] },
    ];
  }),
];

function sqlite(path: string, sql: string): void {
  const database = new libsql(path);
  database.exec(sql);
  database.exec("VACUUM");
  database.close();
}

/** A copy with something done to its rows. */
function changed(from: string, to: string, sql: string): void {
  copyFileSync(from, to);
  const database = new libsql(to);
  database.exec(sql);
  database.close();
}

/** A copy whose pages behind the first are noise. */
function damage(from: string, to: string): void {
  const database = new libsql(from);
  database.exec(`VACUUM INTO '${to}'`);
  database.close();
  const bytes = readFileSync(to);
  for (let at = 4096; at < bytes.length; at++) bytes[at] = (at * 31) % 251;
  writeFileSync(to, bytes);
}
