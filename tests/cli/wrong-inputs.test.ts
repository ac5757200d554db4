import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import libsql from "libsql";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openStudy } from "../../src/index.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder, MAIN, parzen } from "./parzen.ts";
import { addStudy, storeIn } from "./small-study.ts";
import { WRONG_ARGUMENTS } from "./wrong/arguments.ts";
import { type WrongInput, yaml } from "./wrong/case.ts";
import { WRONG_DATA } from "./wrong/data.ts";
import { WRONG_MODULES } from "./wrong/modules.ts";
import { WRONG_OBJECTIVES } from "./wrong/objectives.ts";
import { WRONG_STORES } from "./wrong/stores.ts";
import { WRONG_STUDIES } from "./wrong/studies.ts";
import { WRONG_SWEEPS } from "./wrong/sweeps.ts";

const CASES = [
  ...WRONG_SWEEPS,
  ...WRONG_MODULES,
  ...WRONG_DATA,
  ...WRONG_OBJECTIVES,
  ...WRONG_ARGUMENTS,
  ...WRONG_STUDIES,
  ...WRONG_STORES,
];
const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

const template = emptyFolder();
let before: object;

beforeAll(async () => {
  await addStudy(template);
  before = await contents(template);
});

describe("a wrong input ends in one clear message and a documented exit code, and loses nothing", () => {
  it("there are at least forty of them, each with its own name", () => {
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
    expect(CASES.length).toBeGreaterThanOrEqual(40);
  });

  it.concurrent.each(CASES)("$name", async (input) => {
    const folder = arrange(input);
    const run = input.endsProcess ? parzen : parzenInOne;
    const ran = await run(input.args, { cwd: folder, ...(input.env === undefined ? {} : { env: input.env }) });
    expect(ran.stderr).toMatch(input.message);
    expect(ran.code).toBe(input.code);
    expect(ran.stderr).not.toMatch(/^ {4}at /m);
    expect(ran.stderr).not.toMatch(/fault of parzen|s3cret/);
    expect(ran.stderr).not.toMatch(/[^\P{Cc}\n]/u);
    expect(ran.stdout).toBe("");
    expect(ran.stderr.match(/^error: |trials? failed with: /gm)).toHaveLength(1);
    if (input.name !== "no store at all") expect(await contents(folder)).toEqual(before);
  });
});

it("a study that lost a trial is listed, can be begun anew, and deleted", async () => {
  const folder = emptyFolder();
  cpSync(join(template, ".parzen"), join(folder, ".parzen"), { recursive: true });
  const database = new libsql(storeIn(folder));
  database.exec("DELETE FROM trial WHERE number = 2");
  database.close();
  writeFileSync(join(folder, "demo.yaml"), yaml());
  expect(await parzenInOne(["list"], { cwd: folder })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("demo"),
  });
  const fresh = await parzenInOne(["run", "demo.yaml", "--fresh", "-n", "1"], { cwd: folder });
  expect(fresh).toMatchObject({ code: 0 });
  const [, old = ""] = /^the old study is kept as (.*)$/m.exec(fresh.stderr) ?? [];
  expect(await parzenInOne(["delete", old, "--yes"], { cwd: folder })).toMatchObject({ code: 0 });
});

it("a folder that was removed meanwhile is named as what is wrong", () => {
  const gone = emptyFolder();
  const list = ["-c", 'cd "$1" && rmdir "$1" && exec "$2" "$3" list', "sh", gone, process.execPath, MAIN];
  const { status, stderr } = spawnSync("sh", list, { encoding: "utf8" });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: "error: the folder that this is called in is gone\nChange to one that is there.\n",
  });
});

it("a store in a folder that may not be entered is not available", async () => {
  const folder = emptyFolder();
  chmodSync(dirname(folder), 0o755);
  const closed = join(folder, "closed");
  mkdirSync(closed, { mode: 0o000 });
  onTestFinished(() => chmodSync(closed, 0o755));
  writeFileSync(join(folder, "sweep.mjs"), AS_NOBODY);
  const { code, stderr } = await parzen(["run", "sweep.mjs", "--store", "closed/x.db"], { cwd: folder });
  expect(stderr).toMatch(/^error: the store closed\/x\.db is not available: its folder may not be entered\n/);
  expect(code).toBe(4);
});

it("a store that may not be read says so", async () => {
  const folder = emptyFolder();
  chmodSync(dirname(folder), 0o755);
  writeFileSync(join(folder, "x.db"), "", { mode: 0o000 });
  const { code, stderr } = await parzen(["list", "--store", "x.db"], { cwd: folder, env: BY_NOBODY });
  expect(stderr).toMatch(
    /^error: the store \S+\/x\.db cannot be read: no permission\nChange the permissions of the file /,
  );
  expect(code).toBe(4);
});

it.each(["sweep.yaml", "train.py", "rows.csv"])(
  "%s may not be read: it is named, and nothing is begun",
  async (file) => {
    const folder = emptyFolder();
    chmodSync(dirname(folder), 0o755);
    writeFileSync(join(folder, "sweep.yaml"), yaml({ command: "[python3, train.py]", data: "[rows.csv]" }));
    for (const other of ["train.py", "rows.csv"]) writeFileSync(join(folder, other), "");
    chmodSync(join(folder, file), 0o000);
    const { code, stderr } = await parzen(["run", "sweep.yaml"], { cwd: folder, env: BY_NOBODY });
    expect({ code, stderr }).toEqual({ code: 2, stderr: `error: ${file}: it cannot be read: permission denied\n` });
  },
);

it("files of trials that may not be read make the store unavailable", async () => {
  const folder = emptyFolder();
  chmodSync(dirname(folder), 0o755);
  writeFileSync(join(folder, "sweep.yaml"), yaml());
  mkdirSync(join(folder, ".parzen/artifacts"), { recursive: true });
  for (const open of [folder, join(folder, ".parzen")]) chmodSync(open, 0o777);
  chmodSync(join(folder, ".parzen/artifacts"), 0o000);
  onTestFinished(() => chmodSync(join(folder, ".parzen/artifacts"), 0o755));
  const { code, stderr } = await parzen(["run", "sweep.yaml", "-n", "1"], { cwd: folder, env: BY_NOBODY });
  expect(stderr).toMatch(/^error: the files of trials in \S+artifacts are not available: permission denied\n/m);
  expect(code).toBe(4);
});

/** Root may read every file, so its commands are somebody else's. */
const BY_NOBODY = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent("if (process.getuid() === 0) { process.setgroups([]); process.setuid(65534); }")}`,
};

/** Root may enter every folder, so its sweep becomes somebody else. */
const AS_NOBODY = `if (process.getuid() === 0) { process.setgroups([]); process.setuid(65534); }
export default { space: { x: { uniform: [0, 1] } }, objective: ({ x }) => x };
`;

/** A folder with a store that holds a study, a project that can import parzen, and what the input needs. */
function arrange(input: WrongInput): string {
  const folder = emptyFolder();
  cpSync(join(template, ".parzen"), join(folder, ".parzen"), { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  symlinkSync(REPOSITORY, join(folder, "node_modules", "parzen"), "dir");
  for (const [name, text] of Object.entries(input.files ?? {})) writeFileSync(join(folder, name), text);
  input.arrange?.(folder);
  return folder;
}

/** All that the store of a folder holds of the study that was there before. */
async function contents(folder: string): Promise<object> {
  const study = await openStudy({ name: "demo", store: storeIn(folder) });
  const archive = await study.store.exportStudy("demo");
  await study.close();
  return archive;
}
