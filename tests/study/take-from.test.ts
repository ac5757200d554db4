import { describe, expect, it } from "vitest";
import { createStudy, hp, openStudy, random, type Study, type Told } from "../../src/index.ts";
import { memoryStore } from "../../src/store/memory.ts";
import { rejectionOf } from "../thrown-by.ts";

const sgd = { type: "sgd", momentum: hp.uniform(0, 1) } as const;
const adam = { type: "adam" } as const;
const before = { lr: hp.uniform(0, 1), epochs: 20, optimizer: hp.choice([sgd, adam]) } as const;
type Before = { readonly lr: number; readonly epochs: 20; readonly optimizer: object };

const trial = (lr: number, told: Told, optimizer: object = { type: "adam" }) =>
  [{ lr, epochs: 20, optimizer } as Before, told] as const;

const TRIALS = [
  trial(0.1, 5),
  trial(0.2, 3, { type: "sgd", momentum: 0.9 }),
  trial(0.3, { loss: 4, metrics: { accuracy: 0.7 } }),
  trial(0.9, { loss: 2, metrics: { accuracy: 0.5 } }),
  trial(0.4, { failed: "no file" }),
  trial(0.5, Number.NaN),
];

/** A study "old" with trials of every state; trial 6 was pruned after two reports, 7 cancelled, 8 runs, 9 is queued. */
async function oldStudy(): Promise<Study<Before>> {
  const old = (await createStudy({ name: "old", space: before, store: memoryStore() })) as unknown as Study<Before>;
  for (const [params, told] of TRIALS) {
    const number = (await old.enqueue(params)) ?? -1;
    await old.ask();
    await old.tell(number, told);
  }
  for (const lr of [0.6, 0.7, 0.8, 0.85]) await old.enqueue({ lr, epochs: 20, optimizer: { type: "adam" } });
  await old.ask();
  await old.report(6, 0, 9);
  await old.report(6, 1, 8);
  await old.tell(6, { pruned: true });
  await old.cancel(7);
  await old.ask();
  await old.enqueue({ lr: 0.05, epochs: 20, optimizer: { type: "adam" } }, { loss: 7 });
  return old;
}

async function imported({ store, name }: Study): Promise<readonly (readonly [number | undefined, unknown])[]> {
  const { imported } = await store.snapshot(name, 0);
  return imported.map(({ assignment, result }) => [assignment["lr"], "losses" in result ? result.losses[0] : "failed"]);
}

describe("takeFrom", () => {
  it("takes as failed what failed by its params, and leaves out what may have been mended since", async () => {
    const store = memoryStore();
    const old = await createStudy({ name: "old", space: before, store });
    for (const [number, reason] of (["invalid", "timeout", "memory", "error", "crash"] as const).entries()) {
      await old.ask();
      const outcome = { kind: "failed", reason, message: "no" } as const;
      await store.commit("old", number, { attempt: 1 }, { outcome, log: "" });
      await old.resume();
    }
    const study = await createStudy({ name: "new", space: before, store });
    const leftOut = ["error", "crash"].map((reason) => ({ reason: `failed: ${reason}`, count: 1 }));
    expect(await study.takeFrom("old")).toEqual({ taken: 3, known: 0, best: null, leftOut });
    expect((await imported(study as Study)).map(([, result]) => result)).toEqual(["failed", "failed", "failed"]);
  });

  it("takes what finished, says what it left out, and takes nothing twice", async () => {
    const { store } = await oldStudy();
    const study = await createStudy({ name: "new", space: before, store, sampler: random() });
    const leftOut = [
      { reason: "not finished", count: 2 },
      { reason: "failed: error", count: 1 },
      { reason: "cancelled", count: 1 },
    ];
    expect(await study.takeFrom("old")).toEqual({ taken: 7, known: 0, best: 2, leftOut });
    expect(await imported(study as Study)).toEqual([
      [0.05, 7],
      [0.1, 5],
      [0.2, 3],
      [0.3, 4],
      [0.9, 2],
      [0.5, "failed"],
      [0.6, 8],
    ]);
    expect(await study.takeFrom("old", { store })).toEqual({ taken: 0, known: 7, best: 2, leftOut });
    expect(await imported(study as Study)).toHaveLength(7);
    const pruned = (await store.snapshot("new", 0)).imported.at(-1);
    expect(pruned?.reports).toEqual([
      { step: 0, value: 9 },
      { step: 1, value: 8 },
    ]);
    expect(pruned?.result.kind).toBe("pruned");
    expect((await study.trials()).length).toBe(0);
    expect((await study.ask())?.number).toBe(0);
  });

  it("goes by the new space and its relations, and fills what was not there from defaults", async () => {
    const { store } = await oldStudy();
    const space = {
      lr: hp.uniform(0.15, 2),
      epochs: hp.uniformint(1, 50),
      dropout: hp.uniform(0, 1),
      optimizer: hp.choice([adam, { type: "lion" }, { ...sgd, nesterov: hp.choice([true, false]) }]),
    };
    const study = await createStudy({ name: "new", space, store, where: "lr < 0.8" });
    const taken = await study.takeFrom("old", {
      defaults: { lr: 1, epochs: 5, dropout: 0.25, optimizer: { type: "adam" } },
    });
    expect(taken).toMatchObject({ taken: 3, best: 4 });
    expect(taken.leftOut).toEqual([
      { reason: "lr: expected a number from 0.15 to 2", count: 2 },
      { reason: "not finished", count: 2 },
      { reason: "optimizer.nesterov: it has none, and no default gives one", count: 1 },
      { reason: 'forbidden by "lr < 0.8"', count: 1 },
      { reason: "failed: error", count: 1 },
      { reason: "cancelled", count: 1 },
    ]);
    const [first] = (await store.snapshot("new", 0)).imported;
    expect(first?.assignment).toEqual({ lr: 0.3, epochs: 20, dropout: 0.25, optimizer: 0 });
    const other = await createStudy({ name: "other", space, store });
    const defaults = {
      lr: 1,
      epochs: 5,
      dropout: 0.5,
      optimizer: { type: "sgd", momentum: 0, nesterov: true },
    } as const;
    expect((await other.takeFrom("old", { defaults })).taken).toBe(5);
    const sgds = (await store.snapshot("other", 0)).imported.filter(({ assignment }) => assignment["optimizer"] === 2);
    expect(sgds[0]?.assignment).toMatchObject({ "optimizer.sgd.momentum": 0.9, "optimizer.sgd.nesterov": 0 });
  });

  it("leaves out what lacks a param or has one too many", async () => {
    const { store } = await oldStudy();
    const lacking = await createStudy({ name: "more", space: { ...before, dropout: hp.uniform(0, 1) }, store });
    expect((await lacking.takeFrom("old")).leftOut[0]).toEqual({
      reason: "dropout: it has none, and no default gives one",
      count: 7,
    });
    const fewer = await createStudy({ name: "fewer", space: { lr: before.lr, epochs: 20 }, store });
    expect((await fewer.takeFrom("old")).leftOut[0]).toEqual({
      reason: "optimizer: expected no such param (there are lr, epochs)",
      count: 7,
    });
  });

  it("takes a figure for the loss where the metric is another one, and refuses the other direction", async () => {
    const { store } = await oldStudy();
    const maximize = { space: before, store, direction: "maximize", metric: "accuracy" } as const;
    const study = await createStudy({ ...maximize, name: "accurate" });
    expect(await study.takeFrom("old")).toMatchObject({ taken: 3, best: 0.7 });
    expect(await imported(study as Study)).toEqual([
      [0.3, -0.7],
      [0.9, -0.5],
      [0.5, "failed"],
    ]);
    const opposite = await createStudy({ ...maximize, metric: "loss", name: "opposite" });
    expect(await rejectionOf(() => opposite.takeFrom("old"))).toMatchObject({
      code: "OPTION_INVALID",
      message: 'study "old" wants to minimize loss, and this one to maximize it',
    });
    const back = await createStudy({ ...maximize, name: "back" });
    expect((await back.takeFrom("accurate")).best).toBe(0.7);
  });

  it("refuses itself and a study that is not there", async () => {
    const { store } = await oldStudy();
    const itself = await openStudy({ name: "old", store });
    expect(await rejectionOf(() => itself.takeFrom("old"))).toMatchObject({ code: "OPTION_INVALID" });
    expect(await rejectionOf(() => itself.takeFrom("older"))).toMatchObject({ code: "STUDY_NOT_FOUND" });
  });
});
