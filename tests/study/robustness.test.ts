import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createStudy, fmin, hp, openStore, openStudy, random, type Sampler } from "../../src/index.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-robust-"));
afterAll(() => rmSync(folder, { recursive: true }));

const space = { x: hp.uniform(0, 1) };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("hears its signal although the objective never waits for anything", async () => {
  const abort = new AbortController();
  let calls = 0;
  const objective = ({ x }: { readonly x: number }) => {
    if (calls++ === 0) setTimeout(() => abort.abort(), 30);
    return x;
  };
  const options = { maxTrials: 5_000_000, sampler: random(), signal: abort.signal };
  const { reason, trials } = await fmin(objective, space, options);
  expect(reason).toBe("interrupted");
  expect(trials.length).toBeGreaterThan(0);
});

it("keeps a result while another process holds the store's lock for longer than a call waits", async () => {
  const path = join(folder, "busy.db");
  const store = await openSqliteStore(path, { busyTimeoutMs: 50 });
  const study = await createStudy({ name: "busy", space, store, maxTrials: 4 });
  let waited = 0;
  study.on("waiting", () => waited++);
  const objective = async ({ x }: { readonly x: number }, { number }: { readonly number: number }) => {
    if (number === 1) await lockFor(path, 700);
    return x;
  };
  expect(await study.optimize(objective)).toBe("maxTrials");
  const trials = await study.trials();
  expect(trials.map(({ state, attempt }) => [state, attempt])).toEqual(new Array(4).fill(["complete", 1]));
  expect(waited).toBeGreaterThan(0);
  await store.close();
});

it("goes on where a listener throws, be it what has no text", async () => {
  const on = {
    settled: () => {
      throw Object.create(null);
    },
  };
  const { trials } = await fmin(({ x }) => x, space, { maxTrials: 3, sampler: random(), on });
  expect(trials.map(({ state }) => state)).toEqual(["complete", "complete", "complete"]);
});

it("does not pause for failing while other trials still run and then end well", async () => {
  const study = await createStudy({ space, maxTrials: 20, sampler: random() });
  let open = (): void => undefined;
  const allStarted = new Promise<void>((resolve) => {
    open = resolve;
  });
  const objective = async ({ x }: { readonly x: number }, { number }: { readonly number: number }) => {
    if (number === 7) open();
    await allStarted;
    if (number < 5) throw new Error("too early");
    await sleep(10);
    return x;
  };
  expect(await study.optimize(objective, { parallelism: 8 })).toBe("maxTrials");
  expect((await study.trials()).filter((trial) => trial.state === "complete")).toHaveLength(15);
});

it("runs a trial again before it ends, also where the last one of all is to be retried", async () => {
  const study = await createStudy({ space, maxTrials: 12, errorRetries: 1 });
  const tried = new Map<number, number>();
  const objective = async ({ x }: { readonly x: number }, { number }: { readonly number: number }) => {
    tried.set(number, (tried.get(number) ?? 0) + 1);
    if (tried.get(number) === 1) throw new Error("the first time never works");
    return x;
  };
  expect(await study.optimize(objective, { parallelism: 5 })).toBe("maxTrials");
  expect((await study.trials()).map(({ state, attempt }) => [state, attempt])).toEqual(
    new Array(12).fill(["complete", 2]),
  );
});

it("ends with no trial left, at whatever moment its last attempts end", async () => {
  const left: string[] = [];
  for (let turns = 0; turns < 60; turns++) {
    const study = await createStudy({ space, maxTrials: 12, errorRetries: 1 });
    const objective = async ({ x }: { readonly x: number }, { attempt }: { readonly attempt: number }) => {
      for (let turn = 0; turn < turns % 30; turn++) await null;
      if (attempt === 1) throw new Error("the first time never works");
      return x;
    };
    expect(await study.optimize(objective, { parallelism: 5 })).toBe("maxTrials");
    const queued = (await study.trials()).filter(({ state }) => state !== "complete");
    if (queued.length > 0) left.push(`${queued.length} after ${turns % 30} turns`);
  }
  expect(left).toEqual([]);
});

describe("asked trials and a driver", () => {
  it("leaves an enqueued trial with who asked for it", async () => {
    const study = await createStudy({ space, maxTrials: 3 });
    await study.enqueue({ x: 0.5 });
    const asked = await study.ask();
    expect(await study.optimize(({ x }) => x)).toBe("maxTrials");
    expect(await study.tell(asked?.number ?? -1, 0.25)).toMatchObject({ state: "complete", attempt: 1, loss: 0.25 });
  });

  it("gives an enqueued trial out again once its lease ended", async () => {
    const study = await createStudy({ space });
    await study.enqueue({ x: 0.5 });
    await study.ask({ leaseMs: 1 });
    await sleep(5);
    expect((await study.ask())?.number).toBe(0);
  });

  it("refuses to be told of a trial that a driver runs", async () => {
    const study = await createStudy({ space, maxTrials: 2 });
    const objective = async () => {
      await expect(study.tell(0, -99)).rejects.toMatchObject({ code: "TRIAL_NOT_RUNNING" });
      return 1;
    };
    await study.optimize(objective);
    expect((await study.best())?.loss).toBe(1);
  });

  it("moves a study with an asked trial to another store", async () => {
    const [from, to] = [await openStore("memory:"), await openStore("memory:")];
    const study = await createStudy({ name: "moved", space, store: from });
    await study.ask();
    await to.importStudy(await from.exportStudy("moved"));
    const there = await openStudy({ name: "moved", store: to });
    expect(await there.tell(0, 1)).toMatchObject({ state: "complete" });
  });
});

it("reads at once add nothing twice to what the sampler knows", async () => {
  let known = -1;
  const sampler: Sampler = {
    ...random(),
    propose: (request) => {
      known = request.observations.length;
      return random().propose(request);
    },
  };
  const study = await createStudy({ space, sampler });
  await study.enqueue({ x: 0.5 }, { loss: 1 });
  await Promise.all([study.best(), study.trials(), study.refresh(), study.best()]);
  await study.ask();
  expect(known).toBe(1);
});

it("goes on where a listener throws", async () => {
  const warnings: string[] = [];
  const hear = (warning: Error): number => warnings.push(warning.message);
  process.on("warning", hear);
  const study = await createStudy({ space, maxTrials: 3 });
  for (const event of ["started", "reported", "settled"] as const) {
    study.on(event, () => {
      throw new Error(`no ${event}`);
    });
  }
  await study.optimize(async ({ x }, trial) => {
    await trial.report(0, x);
    return x;
  });
  await sleep(5);
  process.off("warning", hear);
  expect((await study.trials()).map((trial) => trial.state)).toEqual(["complete", "complete", "complete"]);
  expect(warnings.join()).toMatch(/no started[\s\S]*no reported[\s\S]*no settled/);
});

it("starts nothing after it was told to halt", async () => {
  const abort = new AbortController();
  const slowSampler: Sampler = {
    ...random(),
    propose: (request) => {
      if (request.trialNumber === 2) abort.abort();
      return random().propose(request);
    },
  };
  const started: number[] = [];
  const study = await createStudy({ space, sampler: slowSampler, maxTrials: 9 });
  const objective = async (_params: unknown, { number }: { readonly number: number }) => {
    started.push(number);
    await sleep(5);
    return 1;
  };
  expect(await study.optimize(objective, { parallelism: 4, signal: abort.signal })).toBe("interrupted");
  expect(started).not.toContain(2);
  expect((await study.trial(2)).state).toBe("queued");
});

describe("what a sampler of the user's own gives is stored only if it", () => {
  const fidelity = { name: "epochs", max: 9 };
  const circular: { inner?: unknown } = {};
  circular.inner = circular;
  const wrongFrom = (first: number, wrong: object): Sampler => ({
    ...random(),
    name: "mine",
    propose: ({ trialNumber }) => ({
      kind: "try",
      assignment: { x: trialNumber / 10 },
      ...(trialNumber < first ? {} : (wrong as { memo?: never })), // what a sampler without types may give
    }),
  });

  it.each([
    ["is in the space", { assignment: { x: 7 } }, "proposed what may not be tried: x: expected a number from 0 to 1"],
    ["is of the space alone", { assignment: { x: 0.4, y: 1 } }, "proposed what may not be tried: y: expected only"],
    ["is short", { memo: "m".repeat(5000) }, "left a memo that is no JSON of at most 4096 characters"],
    ["is JSON", { memo: circular }, "left a memo that is no JSON of at most 4096 characters"],
    ["is no function", { memo: () => 1 }, "left a memo that is no JSON of at most 4096 characters"],
    ["is within the budget", { fidelity: 10 }, "proposed a fidelity of 10: expected an integer from 1 to 9"],
    ["is a budget", { fidelity: "all" }, 'proposed a fidelity of "all": expected an integer from 1 to 9'],
  ])("%s", async (_, wrong, message) => {
    const refused = { code: "OPTION_INVALID", message: expect.stringContaining(`the sampler "mine" ${message}`) };
    const study = await createStudy({ space, fidelity, sampler: wrongFrom(1, wrong), maxTrials: 2 });
    await expect(study.optimize(({ x }) => x)).rejects.toMatchObject(refused);
    expect(await study.trials()).toHaveLength(1);
    await expect(createStudy({ space, fidelity, sampler: wrongFrom(0, wrong) })).rejects.toMatchObject(refused);
  });

  it.each([
    [undefined, "gave undefined for a proposal"],
    [{ x: 0.5 }, 'gave {"x":0.5} for a proposal: expected { kind: "try", assignment } or { kind: "exhausted" }'],
    [{ kind: "try" }, "proposed what may not be tried"],
  ])("is a proposal, unlike %j", async (given, message) => {
    const sampler: Sampler = { ...random(), name: "mine", propose: () => given as never };
    const refused = { code: "OPTION_INVALID", message: expect.stringContaining(`the sampler "mine" ${message}`) };
    await expect(createStudy({ space, sampler })).rejects.toMatchObject(refused);
  });

  it("has a fidelity where the study names one", async () => {
    const message = 'the sampler "mine" proposed a fidelity of 3: expected none, as the study names none';
    const refused = { code: "OPTION_INVALID", message };
    await expect(createStudy({ space, sampler: wrongFrom(0, { fidelity: 3 }) })).rejects.toMatchObject(refused);
    const study = await createStudy({ space, fidelity, sampler: wrongFrom(0, { fidelity: 3 }), maxTrials: 1 });
    await study.optimize((_params, trial) => trial.fidelity ?? 0);
    expect((await study.best())?.loss).toBe(3);
  });
});

/** Another process that takes the write lock and keeps it for a while; resolves once it has it. */
async function lockFor(path: string, ms: number): Promise<void> {
  const script = `const Database = require("libsql"); const db = new Database(${JSON.stringify(path)});
    db.exec("PRAGMA busy_timeout = 2000"); db.exec("BEGIN IMMEDIATE"); console.log("locked");
    setTimeout(() => { db.exec("ROLLBACK"); process.exit(0); }, ${ms});`;
  const child = spawn(process.execPath, ["-e", script], { cwd: process.cwd(), stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
}
