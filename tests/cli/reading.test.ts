import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createStudy, hp } from "../../src/index.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder, parzen } from "./parzen.ts";
import { addStudy, storeIn } from "./small-study.ts";

const cwd = emptyFolder();

async function data(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await parzenInOne(args, { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

interface TrialRow {
  readonly number: number;
  readonly state: string;
  readonly loss: number | null;
  readonly params: { readonly lr: number; readonly optimizer: { readonly type: string } };
  readonly metrics?: { readonly accuracy: number };
  readonly message?: string;
}

async function trials(...args: readonly string[]): Promise<readonly TrialRow[]> {
  return JSON.parse(await data("trials", "list", "--json", ...args));
}

beforeAll(() => addStudy(cwd));

describe("parzen status and list", () => {
  it("status says where a process that lives has given no sign of life", async () => {
    const folder = emptyFolder();
    const study = await createStudy({ name: "silent", store: storeIn(folder), space: { x: hp.uniform(0, 1) } });
    const holder = { ...thisHolder(0), started: thisHolder(0).started.replace(/ thread \d+$/, "") };
    await study.store.lead("silent", holder, { leaseMs: 1, slots: 1 });
    await study.close();
    const { stdout } = await parzen(["status"], { cwd: folder });
    expect(stdout).toMatch(/^silent: running\n/);
    expect(stdout).toMatch(
      /why +process \d+ lives, but its lease ended \S+ ago: it is stopped, or its objective blocks it\n/,
    );
  });

  it("status tells counts, best, why nothing runs, and groups failures", async () => {
    const text = await data("status");
    expect(text).toMatch(/^demo: idle\n/);
    expect(text).toMatch(/trials +6 of 20 \(5 complete, 1 failed\)/);
    expect(text).toMatch(/sampler +random\n/);
    expect(text).toMatch(/driver +none\n/);
    expect(text).toMatch(/why +no process runs it/);
    expect(text).toMatch(/failures\n +1 x it said "no", \(#3\)/);
    expect(JSON.parse(await data("status", "demo", "--json"))).toMatchObject({
      study: "demo",
      state: "idle",
      trials: { complete: 5, failed: 1, running: 0, queued: 0, finished: 6, total: 20 },
      sampler: "random",
      driver: null,
      failures: [{ reason: "error", trials: [3] }],
    });
  });

  it("list shows every study", async () => {
    expect(await data("list")).toMatch(
      /^study +trials +best +state +created\ndemo +6\/20 +\S+ +idle +\d{4}-\d\d-\d\d /,
    );
    expect(JSON.parse(await data("list", "--json"))).toMatchObject([{ name: "demo", finished: 6, maxTrials: 20 }]);
  });

  it("reading a store that is not there makes none", async () => {
    const empty = emptyFolder();
    expect(await parzenInOne(["list"], { cwd: empty })).toMatchObject({ code: 0, stdout: "" });
    expect(await parzenInOne(["status"], { cwd: empty })).toMatchObject({ code: 3, stdout: "" });
    expect(existsSync(join(empty, ".parzen"))).toBe(false);
  });
});

describe("parzen best", () => {
  it("gives the same configuration in every format", async () => {
    const json = JSON.parse(await data("best", "--json"));
    const complete = (await trials("--state", "complete")).toSorted((a, b) => Number(a.loss) - Number(b.loss));
    expect(json).toMatchObject({ number: complete[0]?.number, loss: complete[0]?.loss, params: complete[0]?.params });
    expect(parse(await data("best", "--format", "yaml"))).toEqual(json);
    expect(await data("best", "--format", "args")).toContain(`--lr=${json.params.lr} --layers.0=`);
    expect(await data("best")).toMatch(new RegExp(`^demo: best is trial ${json.number}\n\n {2}loss +\\S+\n +accuracy`));
  });
});

describe("parzen best of a study without a complete trial", () => {
  it("says where to look, in the very store", async () => {
    const empty = emptyFolder();
    const study = await createStudy({ name: "none yet", store: join(empty, "my.db"), space: { x: hp.uniform(0, 1) } });
    await study.close();
    expect(await parzenInOne(["best", "--store", "my.db"], { cwd: empty })).toMatchObject({
      code: 1,
      stdout: "",
      stderr: "study \"none yet\" has no complete trial yet; see parzen status 'none yet' --store my.db\n",
    });
    const json = await parzenInOne(["best", "--store", "my.db", "--json"], { cwd: empty });
    expect(json).toMatchObject({ code: 1, stdout: "null\n" });
  });
});

describe("parzen importance", () => {
  it("shows which params the loss depends on, and how much the trials tell", async () => {
    const folder = emptyFolder();
    await addStudy(folder, { name: "many", trials: 30 });
    const text = await parzenInOne(["importance"], { cwd: folder });
    expect(text).toMatchObject({ code: 0, stderr: "" });
    expect(text.stdout).toMatch(/^many: what the loss depends on\n\nparam +importance +alone\nlr +\d+ % +\d+ % +█+\n/);
    expect(text.stdout).toMatch(/\n\nA model of the 29 trials foretells \d+ % of how their losses differ\.\n/);
    const json = JSON.parse((await parzenInOne(["importance", "many", "--json"], { cwd: folder })).stdout);
    expect(json).toMatchObject({ study: "many", trials: 29, params: [{ path: "lr" }, {}, {}, {}] });
  });

  it("says that few trials tell nothing", async () => {
    const said = 'study "demo" has fewer than 10 trials with a loss, which is too few to tell\n';
    expect(await parzenInOne(["importance"], { cwd })).toMatchObject({ code: 1, stdout: "", stderr: said });
    expect(await parzenInOne(["importance", "--json"], { cwd })).toMatchObject({ code: 1, stdout: "null\n" });
  });
});

describe("parzen trials", () => {
  it("list --json is an array of trials with number, state, loss and params first", async () => {
    const all = await trials();
    expect(all.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(Object.keys(all[0] ?? {}).slice(0, 4)).toEqual(["number", "state", "loss", "params"]);
    expect(all[3]).toMatchObject({ state: "failed", loss: null, message: 'it said "no",\nand meant it' });
  });

  it("filters, sorts and limits", async () => {
    const all = await trials();
    const complete = all.filter(({ state }) => state === "complete");
    const low = await trials("--filter", "loss<0.05", "--filter", "accuracy >= 0");
    expect(low).toEqual(complete.filter(({ loss }) => Number(loss) < 0.05));
    const adam = await trials("--filter", "optimizer.type=adam");
    expect(adam).toEqual(all.filter(({ params }) => params.optimizer.type === "adam"));
    expect(await trials("--filter", "state!=complete")).toEqual([all[3]]);
    const worst = await trials("--sort", "-loss", "--limit", "2");
    expect(worst).toEqual(complete.toSorted((a, b) => Number(b.loss) - Number(a.loss)).slice(0, 2));
    expect((await trials("--sort", "loss")).at(-1)).toEqual(all[3]);
  });

  it("knows the columns of all trials, whichever are chosen", async () => {
    const failed = ["trials", "list", "--state", "failed"] as const;
    expect(await data(...failed, "--columns", "number,accuracy", "--sort", "accuracy")).toBe("#  accuracy\n3  -\n");
    expect(JSON.parse(await data(...failed, "--filter", "accuracy>0", "--filter", "lr>0", "--json"))).toEqual([]);
    const misspelt = await parzenInOne(["trials", "list", "--state", "pruned", "--sort", "acuracy"], { cwd });
    expect(misspelt).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "accuracy"?') });
  });

  it("list --json has the columns that were asked for, whole and by their full names", async () => {
    const list = ["trials", "list", "--json", "--columns", "number,lr,accuracy,message"] as const;
    const rows = JSON.parse(await data(...list));
    const all = await trials();
    expect(rows).toEqual(
      all.map(({ number, params, metrics, message = null }) => ({
        number,
        "params.lr": params.lr,
        "metrics.accuracy": metrics?.accuracy ?? null,
        message,
      })),
    );
    expect(Object.keys(rows[3])).toEqual(["number", "params.lr", "metrics.accuracy", "message"]);
  });

  it("a table fits a line of 80, and says which columns it left out", async () => {
    const text = await data("trials", "list");
    for (const line of text.split("\n").slice(0, -2)) expect(line.length).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^# +state +loss +duration +lr +layers\.0/);
    const chosen = await data("trials", "list", "demo", "--columns", "number,optimizer.type,params.lr", "--limit", "1");
    expect(chosen).toMatch(/^# +optimizer\.type +lr\n0 /);
  });

  it("a table names the first of very many columns that it left out", async () => {
    const [folder, names] = [emptyFolder(), Array.from({ length: 200 }, (_, index) => `param${index}`)];
    const space = Object.fromEntries(names.map((name) => [name, hp.uniform(0, 1)]));
    const study = await createStudy({ name: "wide", store: storeIn(folder), space, maxTrials: 1 });
    await study.ask();
    await study.close();
    const { stdout } = await parzenInOne(["trials", "list"], { cwd: folder });
    const last = stdout.trimEnd().split("\n").at(-1) ?? "";
    const [, left, named = "", others] = /^(\d+) more columns: (.+) and (\d+) others \(see /.exec(last) ?? [];
    expect(named.split(", ")).toEqual(names.slice(200 - Number(left)).slice(0, 20));
    expect(Number(others)).toBe(Number(left) - 20);
  });

  it("show tells everything of one trial", async () => {
    const text = await data("trials", "show", "3");
    expect(text).toMatch(/^demo #3: failed\n\n {2}error {5}it said "no",\n {12}and meant it\n/);
    expect(text).toMatch(/params\n {2}lr +/);
    expect(text).toMatch(/output\n {2}Error: it said "no",/);
    const shown = JSON.parse(await data("trials", "show", "2", "--study", "demo", "--json"));
    expect(shown).toMatchObject({ number: 2, state: "complete", reports: [{ step: 0 }], metrics: {}, log: "" });
    expect(shown.files).toEqual(["model.bin"]);
    expect(existsSync(join(shown.folder, "model.bin"))).toBe(true);
    expect(await data("trials", "show", "2")).toContain(`  files     model.bin in ${shown.folder}\n`);
  });

  it("a table says loss by the metric's name, and show which times are known of a trial that ran again", async () => {
    const folder = emptyFolder();
    const goal = { direction: "maximize", metric: "yield", errorRetries: 1, maxTrials: 2 } as const;
    const study = await createStudy({ name: "crop", store: storeIn(folder), space: { x: hp.uniform(0, 1) }, ...goal });
    let isFirst = true;
    await study.optimize(({ x }) => {
      if (!isFirst) return { loss: x, metrics: { yield: x } };
      isFirst = false;
      throw new Error("once");
    });
    await study.close();
    const text = async (...args: string[]) => (await parzenInOne(["trials", ...args], { cwd: folder })).stdout;
    expect(await text("list")).toMatch(/^# +state +yield +duration +x +metrics\.yield\n/);
    expect(await text("list", "--columns", "number,loss")).toMatch(/^# +yield\n/);
    expect(Object.keys(JSON.parse(await text("list", "--columns", "yield", "--json"))[0])).toEqual(["loss"]);
    expect(await text("show", "0")).toMatch(
      /^crop #0: complete\n\n {2}yield +\S+\n {2}proposed +by the sampler\n {2}queued again +\d{4}-\S+ \S+\n {2}started +\d.*\n {2}took +\S+ in attempt 2\n {2}attempts +2\n/,
    );
    expect(await text("show", "1")).toMatch(
      /\n {2}proposed +\d{4}-\S+ \S+, by the sampler\n {2}started +\d.*\n {2}took +\S+\n {2}attempts +1\n/,
    );
  });

  it("show has whole attributes, such as why backends were refused, which are longer than a line", async () => {
    const folder = emptyFolder();
    const study = await createStudy({
      name: "a",
      store: storeIn(folder),
      space: { x: hp.uniform(0, 1) },
      maxTrials: 1,
    });
    const refused = ["node-gpu", "webgpu"].map((backend) => ({ backend, reason: "is not installed ".repeat(5) }));
    await study.optimize(({ x }) => ({ loss: x, attributes: { refused, weights: "w".repeat(5000) } }));
    await study.close();
    const { stdout } = await parzenInOne(["trials", "show", "0"], { cwd: folder });
    expect(stdout).toContain(`  refused  ${JSON.stringify(refused)}\n`);
    expect(stdout).toMatch(/^ {2}weights {2}w{999}…$/m);
  });

  it.each([
    [["trials", "list", "--filter", "loss~1"], 2, /--filter: expected a column/],
    [["trials", "list", "--filter", "loss<abc"], 2, /expected a number after </],
    [["trials", "list", "--sort", "los"], 2, /no column "los" \(did you mean "loss"\?\)/],
    [["trials", "list", "--state", "complet"], 2, /did you mean "complete"/],
    [["trials", "show", "99"], 3, /has no trial 99/],
    [["trials", "show", "-1"], 2, /Expected an integer|unknown option/],
    [["best", "dem"], 3, /did you mean "demo"/],
    [["best", "--format", "args", "--json"], 2, /--json and --format args contradict each other/],
    [["best", "--format", "xml"], 2, /Allowed choices are table, json, yaml, args/],
  ])("%j is refused", async (args, code, message) => {
    const ran = await parzenInOne(args, { cwd });
    expect(ran).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(message) });
  });
});
