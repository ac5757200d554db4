import { describe, expect, it } from "vitest";
import { createStudy, grid, hp, partial, random, type Sampler, type StudyOptions, tpe } from "../../src/index.ts";
import { rejectionOf } from "../thrown-by.ts";

const space = {
  lr: hp.loguniform(1e-4, 1),
  epochs: 5,
  layers: [hp.choice([16, 32]), hp.uniformint(1, 64)],
  optimizer: hp.choice([{ type: "sgd", momentum: hp.uniform(0, 1) }, { type: "adam" }]),
} as const;

/** A study of which some trials are done. */
async function begun(options: Partial<StudyOptions<typeof space>> = {}) {
  const study = await createStudy({ space, seed: 3, maxTrials: 12, ...options });
  await study.optimize(({ lr }) => lr);
  await study.configure({ maxTrials: 20 });
  return study;
}

describe("params of which some are not given", () => {
  it("keep what is given, and get the rest from the sampler, the same in the same study", async () => {
    const [one, other] = [await begun(), await begun()];
    for (const study of [one, other]) expect(await study.enqueue({ lr: 0.5, optimizer: { type: "sgd" } })).toBe(12);
    const trial = await one.trial(12);
    expect(trial).toMatchObject({ origin: "enqueued", params: { lr: 0.5, epochs: 5, optimizer: { type: "sgd" } } });
    expect((await other.trial(12)).params).toEqual(trial.params);
    expect(await one.replay(12)).toBe(null);
  });

  it.each([
    ["random", random()],
    ["tpe", tpe({ startup: 3 })],
    ["grid", grid()],
  ])("are proposed by %s anew each time", async (_, sampler) => {
    const study = await begun({ sampler });
    for (let i = 0; i < 3; i++) await study.enqueue({ optimizer: { type: "adam" } });
    const queued = (await study.trials()).slice(12).map(({ params }) => params);
    expect(new Set(queued.map((params) => JSON.stringify(params))).size).toBe(3);
    expect(queued).toMatchObject(Array(3).fill({ optimizer: { type: "adam" } }));
  });

  it("change nothing of what a study with the same trials would propose", async () => {
    const study = await begun();
    await study.enqueue({ lr: 0.5 });
    const { params } = await study.trial(12);
    const whole = await begun();
    await whole.enqueue(params);
    for (const each of [study, whole]) await each.optimize(({ lr }) => lr);
    expect((await study.trials()).map((trial) => trial.params)).toEqual(
      (await whole.trials()).map((trial) => trial.params),
    );
  });

  it("need not have constants, nor be proposed where only these are missing", async () => {
    const study = await begun();
    const none: Sampler = { ...random(), name: "none", propose: () => ({ kind: "exhausted" }) };
    await study.enqueue({ lr: 0.5, layers: [16, 3], optimizer: { type: "adam" } });
    expect((await study.trial(12)).params).toMatchObject({ epochs: 5, layers: [16, 3] });
    const spent = await createStudy({ space, sampler: none });
    expect(await spent.enqueue({ lr: 0.5, layers: [16, 3], optimizer: { type: "adam" } })).toBe(0);
    expect(await rejectionOf(() => spent.enqueue({ lr: 0.5 }))).toMatchObject({ code: "PARAMS_INVALID" });
  });

  it("satisfy relations, or are refused", async () => {
    const study = await begun({ where: "lr * layers.1 <= 1" });
    for (let i = 0; i < 4; i++) await study.enqueue({ lr: 0.3 });
    for (const { params } of (await study.trials()).slice(12))
      expect(params.lr * params.layers[1]).toBeLessThanOrEqual(1);
    await study.configure({ maxTrials: 100 });
    const small = await createStudy({ space: { a: hp.uniformint(0, 1), b: hp.uniformint(0, 1) }, where: "a < b" });
    expect(await rejectionOf(() => small.enqueue({ a: 1 }))).toMatchObject({ code: "PARAMS_INVALID" });
  });

  it("are refused, with what to do, where an option of the sampler names one of them", async () => {
    const study = await begun({ sampler: partial({ lr: 0.25 }, random()) });
    expect(await rejectionOf(() => study.enqueue({ lr: 0.5 }))).toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining('the sampler "partial" cannot propose those that are missing: '),
      hint: "Give every param.",
    });
  });

  it("are of the option that has just these, where options have no key that tells them apart", async () => {
    const depth = hp.uniformint(1, 9);
    const model = hp.choice([
      { depth, width: hp.uniform(0, 1) },
      { depth, bias: false },
    ]);
    const study = await createStudy({ space: { model, lr: hp.uniform(0, 1) }, maxTrials: 3 });
    await study.enqueue({ model: { depth: 3, bias: false }, lr: 0.5 });
    await study.enqueue({ model: { depth: 3, bias: false } });
    const small = await createStudy({ space: { model: hp.choice([{ depth, width: hp.uniform(0, 1) }, { depth }]) } });
    await small.enqueue({ model: { depth: 3 } });
    const queued = [...(await study.trials()), ...(await small.trials())].map(({ params }) => params.model);
    expect(queued).toEqual([{ depth: 3, bias: false }, { depth: 3, bias: false }, { depth: 3 }]);
  });

  it("name the option that an object of a choice belongs to", async () => {
    const study = await begun();
    expect(await rejectionOf(() => study.enqueue({ optimizer: { momentum: 0.5 } }))).toMatchObject({
      path: "optimizer.type",
    });
  });
});
