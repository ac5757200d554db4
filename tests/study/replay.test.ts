import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { auto, createStudy, hp, type ObjectiveFunction, openStore, random, tpe } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-replay-"));
afterAll(() => rmSync(folder, { recursive: true }));

const space = {
  lr: hp.loguniform(1e-5, 1e-1),
  layers: hp.uniformint(1, 4),
  optimizer: hp.choice([
    { type: "sgd", momentum: hp.uniform(0, 0.99) },
    { type: "adam", beta1: hp.uniform(0.8, 0.999) },
  ]),
};

/** A delay that differs from trial to trial, so that trials overtake one another. */
const overtake = (number: number) => new Promise((resolve) => setTimeout(resolve, (number * 7919) % 13));

it.each([
  ["memory:", tpe()],
  ["memory:", random()],
  [join(folder, "replay.db"), tpe()],
])("at 8 slots every trial replays from its basis (%s)", async (location, sampler) => {
  const store = await openStore(location);
  const study = await createStudy({ name: sampler.name, space, store, sampler, seed: 3, maxTrials: 80 });
  const objective = async (params: { readonly lr: number }, trial: { readonly number: number }) => {
    await overtake(trial.number);
    if (trial.number % 11 === 5) throw new Error("now and then");
    return Math.log(params.lr) ** 2;
  };
  expect(await study.optimize(objective, { parallelism: 8 })).toBe("maxTrials");
  const { trials } = await store.snapshot(study.name, 0);
  for (const trial of trials) expect(await study.replay(trial.number)).toEqual(trial.assignment);
  expect(trials).toHaveLength(80);
  await store.close();
});

it.each([
  ["memory:", auto()],
  ["memory:", tpe()],
  [join(folder, "running.db"), auto()],
])(
  "what running trials have reported is known again, attempts that were made anew too (%s)",
  async (location, sampler) => {
    const store = await openStore(location);
    const settings = { sampler, seed: 3, maxTrials: 40, errorRetries: 1 };
    const study = await createStudy({ name: sampler.name, space, store, ...settings });
    const failed = new Set<number>();
    const objective: ObjectiveFunction<{ readonly lr: number }> = async ({ lr }, trial) => {
      const loss = Math.log(lr) ** 2;
      for (let step = 0; step < 4; step++) {
        await trial.report(step, loss + 10 / (1 + step));
        await overtake(trial.number + step);
        if (step < 2 || trial.number % 4 !== 1 || failed.has(trial.number)) continue;
        failed.add(trial.number);
        throw new Error("the first time");
      }
      return loss;
    };
    expect(await study.optimize(objective, { parallelism: 8 })).toBe("maxTrials");
    const { trials } = await store.snapshot(study.name, 0);
    for (const trial of trials) expect(await study.replay(trial.number)).toEqual(trial.assignment);
    expect(trials.filter(({ plan }) => plan?.running !== undefined).length).toBeGreaterThan(25);
    expect(failed.size).toBe(10);
    await store.close();
  },
);

it("one slot proposes the same in memory and in SQLite", async () => {
  const run = async (location: string) => {
    const study = await createStudy({ name: "same", space, store: location, seed: 5, maxTrials: 40 });
    await study.optimize(({ lr }) => Math.abs(Math.log10(lr) + 3));
    const params = (await study.trials()).map((trial) => trial.params);
    await study.close();
    return params;
  };
  expect(await run(join(folder, "same.db"))).toEqual(await run("memory:"));
});
