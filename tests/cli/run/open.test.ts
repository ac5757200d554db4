import { expect, it, onTestFinished } from "vitest";
import { openForRun } from "../../../cli/run/open.ts";
import { createStudy, openStore, type Store } from "../../../src/index.ts";
import type { Control } from "../../../src/store/study-record.ts";
import { thisHolder } from "../../../src/study/attempt/holder.ts";
import { emptyFolder } from "../parzen.ts";
import { storeIn } from "../small-study.ts";
import { ECHO, planIn } from "./planned.ts";

const folder = emptyFolder();
const SWEEP = `${ECHO}defaults: { x: 0.5 }\n`;

async function memory(): Promise<Store> {
  const store = await openStore("memory:");
  onTestFinished(() => store.close());
  return store;
}

it("two runs that begin a study at once have one between them, and try its defaults once", async () => {
  const [store, plan] = [await openStore(storeIn(emptyFolder())), await planIn(folder, SWEEP)];
  const opened = await Promise.all([openForRun(store, plan), openForRun(store, plan)]);
  expect(opened.map(({ study }) => study.name)).toEqual(["sweep", "sweep"]);
  const [study] = await store.listStudies();
  expect(study).toMatchObject({ name: "sweep", nextNumber: 1 });
  await store.close();
});

it("a run that finds the study of another one, which is about to enqueue the defaults, tries them once as well", async () => {
  const [store, plan] = [await memory(), await planIn(folder, SWEEP)];
  const note: Store["note"] = async (...given) => {
    await openForRun(store, plan);
    return store.note(...given);
  };
  const own = (method: unknown): unknown => (typeof method === "function" ? method.bind(store) : method);
  const first = new Proxy(store, { get: (_, key) => (key === "note" ? note : own(Reflect.get(store, key, store))) });
  await openForRun(first, plan);
  expect(await store.findStudy("sweep")).toMatchObject({ nextNumber: 1 });
});

it("a run that finds the study of one that was killed before it enqueued the defaults tries them, the next one no more", async () => {
  const [store, plan] = [await memory(), await planIn(folder, SWEEP)];
  const { sampler, seed } = plan;
  await createStudy({ name: "sweep", store, space: { x: { uniform: [0, 1] } }, sampler, seed });
  const { study } = await openForRun(store, plan);
  expect(await study.trials()).toMatchObject([{ number: 0, params: { x: 0.5 }, origin: "enqueued" }]);
  await openForRun(store, plan);
  expect(await study.trials()).toHaveLength(1);
});

it.each(["paused", "stopped", "cancelled"] as const)(
  "a run sets a study going that was %s, and who joins does not",
  async (control) => {
    const [store, plan] = [await memory(), await planIn(folder, ECHO)];
    expect((await openForRun(store, plan)).heldAs).toBeNull();
    expect((await openForRun(store, plan)).heldAs).toBeNull();
    await store.setControl("sweep", control, "why");
    const controlNow = async (): Promise<Control | undefined> => (await store.findStudy("sweep"))?.control;
    expect((await openForRun(store, await planIn(folder, ECHO, { join: true }))).heldAs).toBeNull();
    expect(await controlNow()).toBe(control);
    expect((await openForRun(store, plan)).heldAs).toBe(control);
    expect(await controlNow()).toBe("running");
  },
);

it("a study is begun as the sweep and the flags say, and goes on with what may change", async () => {
  const store = await memory();
  const sweep = `${ECHO}where: x < 0.9
direction: maximize
metric: score
timeout: 1m
trialTimeout: 5s
seed: 2
sampler: tpe
pruner: { threshold: { upper: 5 } }
fidelity: { name: epochs, min: 1, max: 9 }
`;
  const { study } = await openForRun(store, await planIn(folder, sweep, { seed: 7 }));
  expect(await study.refresh()).toMatchObject({
    where: ["x < 0.9"],
    direction: "maximize",
    metric: "score",
    seed: 7,
    sampler: { name: "tpe" },
    fidelity: { name: "epochs", min: 1, max: 9 },
    settings: { maxTrials: 3, timeoutMs: 60_000, trialTimeoutMs: 5000, pruner: { name: "threshold" } },
  });
  const next = await openForRun(store, await planIn(folder, sweep, { maxTrials: 8, pruner: "median" }));
  expect(await next.study.refresh()).toMatchObject({ seed: 7, settings: { maxTrials: 8, pruner: { name: "median" } } });
});

it("each run notes what it is, and tells which files of the objective changed since", async () => {
  const store = await memory();
  const noted = async (): Promise<unknown> => (await store.findStudy("sweep"))?.notes["run"];
  const first = await planIn(folder, ECHO);
  expect(await openForRun(store, first)).toMatchObject({ codeChanges: [], otherWays: "" });
  expect(await noted()).toMatchObject({ version: first.sweep.version, resume: first.resume });
  const next = await planIn(folder, ECHO.replace("loss=", "x=1 loss="), { slots: 2 });
  const { codeChanges, otherWays } = await openForRun(store, next);
  expect(codeChanges).toHaveLength(1);
  expect(otherWays).toContain(" --name sweep-2");
  expect(await noted()).toMatchObject({ version: next.sweep.version, resume: next.resume });
});

it("a study that another process runs is left as it is, unless it is joined", async () => {
  const [store, plan] = [await memory(), await planIn(folder, ECHO)];
  await openForRun(store, plan);
  await store.lead("sweep", { ...thisHolder(0), host: "elsewhere" }, { leaseMs: 60_000, slots: 1 });
  await store.setControl("sweep", "paused", null);
  for (const flags of [{}, { fresh: true }]) {
    const refused = openForRun(store, await planIn(folder, ECHO, flags));
    await expect(refused).rejects.toMatchObject({ code: "STUDY_LIVE", hint: expect.stringContaining("Add --join") });
  }
  expect(await store.listStudies()).toMatchObject([{ name: "sweep", control: "paused" }]);
  expect((await openForRun(store, await planIn(folder, ECHO, { join: true }))).study.name).toBe("sweep");
});

it("--fresh renames nothing where the new study cannot be begun", async () => {
  const store = await memory();
  await openForRun(store, await planIn(folder, ECHO));
  const sampler = "sampler: { partial: { fixed: { nope: 1 }, sampler: random } }\n";
  const refused = openForRun(store, await planIn(folder, `${ECHO}${sampler}`, { fresh: true }));
  await expect(refused).rejects.toMatchObject({ message: expect.stringContaining('the space has no "nope"') });
  expect((await store.listStudies()).map(({ name }) => name)).toEqual(["sweep"]);
});
