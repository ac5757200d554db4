import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createStudy, grid, hp, openStudy, partial, qmc, type Sampler, tpe } from "../../src/index.ts";

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
