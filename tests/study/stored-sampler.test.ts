import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createStudy, grid, hp, openStore, openStudy, partial, qmc, type Sampler, tpe } from "../../src/index.ts";

import { versionsText } from "../../src/study/proposal/sampler-version.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-stored-sampler-"));
afterAll(() => rmSync(folder, { recursive: true }));

const space = {
  lr: hp.loguniform(1e-5, 1e-1),
  optimizer: hp.choice([
    { type: "sgd", momentum: hp.uniform(0, 0.99) },
    { type: "adam", beta1: hp.uniform(0.8, 0.999) },
  ]),
};

const SAMPLERS: readonly (readonly [string, Sampler])[] = [
  ["qmc", qmc()],
  ["grid", grid({ steps: 3 })],
  ["partial", partial({ "optimizer.type": "sgd", "optimizer.momentum": 0.9 }, tpe({ startup: 4 }))],
];

it.each(SAMPLERS)(
  "a study with %s that is opened by its name alone goes on as if it had not stopped",
  async (name, sampler) => {
    const objective = ({ lr }: { readonly lr: number }) => Math.abs(Math.log10(lr) + 3);
    const whole = await createStudy({ name, space, sampler, store: "memory:", seed: 2, maxTrials: 12 });
    await whole.optimize(objective);
    const expected = (await whole.trials()).map(({ params }) => params);
    await whole.close();

    const store = join(folder, `${name}.db`);
    const begun = await createStudy({ name, space, sampler, store, seed: 2, maxTrials: 6 });
    await begun.optimize(objective);
    await begun.close();
    const again = await openStudy<typeof space>({ name, store });
    await again.configure({ maxTrials: 12 });
    await again.optimize(objective);
    expect((await again.trials()).map(({ params }) => params)).toEqual(expected);
    expect(expected).toHaveLength(12);
    await again.close();
  },
);

it("a study goes on with a sampler of one's own that leaves an option undefined", async () => {
  const own: Sampler = { ...qmc(), name: "own", options: { width: undefined } as never };
  const store = join(folder, "undefined.db");
  const begun = await createStudy({ name: "own", space, sampler: own, store, maxTrials: 2 });
  await begun.optimize(({ lr }) => lr);
  await begun.close();
  const again = await openStudy<typeof space>({ name: "own", store, sampler: own, maxTrials: 4 });
  const told: unknown[] = [];
  again.on("samplerChanged", (change) => told.push(change));
  await again.optimize(({ lr }) => lr);
  expect([told, await again.replay(3)]).toEqual([[], expect.anything()]);
  await again.close();
});

describe("a study that was begun with an earlier version of its sampler", () => {
  const earlier: Sampler = { ...tpe({ startup: 4 }), version: 0 };
  const now = `tpe ${tpe().version}`;
  const objective = ({ lr }: { readonly lr: number }) => Math.abs(Math.log10(lr) + 3);

  it.each([
    ["opened by its name alone", {}],
    ["opened with its sampler", { sampler: tpe({ startup: 4 }) }],
  ])("tells once from which trial on another one proposes, and keeps it, %s", async (_, given) => {
    const store = await openStore("memory:");
    const begun = await createStudy({ name: "old", space, sampler: earlier, store, maxTrials: 3 });
    await begun.optimize(objective);
    expect(await begun.replay(2)).not.toBeNull();
    const told: unknown[] = [];
    for (const maxTrials of [5, 7]) {
      const study = await openStudy<typeof space>({ name: "old", store, maxTrials, ...given });
      study.on("samplerChanged", (change) => told.push(change));
      await study.optimize(objective);
    }
    expect(told).toEqual([{ before: "tpe 0", now, from: 3 }]);
    const again = await openStudy<typeof space>({ name: "old", store });
    const { trials } = await store.snapshot("old", 0);
    const replayed = await Promise.all(trials.map(({ number }) => again.replay(number)));
    expect(replayed).toEqual([null, null, null, ...trials.slice(3).map(({ assignment }) => assignment)]);
  });

  it("keeps which versions proposed before the one before", async () => {
    const store = await openStore("memory:");
    const { name, options } = earlier;
    await createStudy({ name: "old", space, sampler: earlier, store });
    await store.note("old", { samplers: [{ name, version: 1, options, from: 0 }] });
    await (await openStudy({ name: "old", store })).ask();
    const record = await store.findStudy("old");
    expect(record && versionsText(record)).toBe(`tpe 0, from trial 0 on tpe 1, from trial 0 on ${now}`);
  });

  it("tells it for what a sampler wraps, to who asks too", async () => {
    const fixed = { "optimizer.type": "sgd" };
    const store = await openStore("memory:");
    await createStudy({ name: "old", space, sampler: partial(fixed, earlier), store });
    const told: unknown[] = [];
    const study = await openStudy({ name: "old", store });
    study.on("samplerChanged", (change) => told.push(change));
    await study.ask();
    await study.ask();
    expect(told).toEqual([{ before: "partial 1 around tpe 0", now: `partial 1 around ${now}`, from: 0 }]);
  });

  it("is refused where that sampler is the user's own, which may be given as it was", async () => {
    const own: Sampler = { ...tpe(), name: "own", options: {} };
    const store = await openStore("memory:");
    await createStudy({ name: "old", space, sampler: own, store });
    const changed = openStudy({ name: "old", store, sampler: { ...own, version: 9 } });
    await expect(changed).rejects.toMatchObject({ code: "STUDY_CHANGED", message: expect.stringContaining("own v9") });
  });
});
