import { describe, expect, it } from "vitest";
import { createStudy, fmin, grid, hp, openStudy, partial, random, type Sampler } from "../../src/index.ts";
import { memoryStore } from "../../src/store/memory.ts";
import { rejectionOf } from "../thrown-by.ts";

const space = { warmup: hp.uniformint(0, 20), epochs: hp.uniformint(1, 20) };
const options = { name: "s", space, sampler: random(), maxTrials: 20 } as const;

describe("a study with relations", () => {
  it.each(["warmup < epochs", ["warmup < epochs", "epochs > 3"]])("tries only what satisfies %s", async (where) => {
    const { trials } = await fmin(({ warmup }) => warmup, space, { ...options, where });
    expect(trials).toHaveLength(20);
    expect(trials.filter(({ params }) => params.warmup >= params.epochs)).toEqual([]);
  });

  it("takes a function of the params", async () => {
    const { trials } = await fmin(({ warmup }) => warmup, space, { ...options, where: (p) => p.warmup < p.epochs });
    expect(trials.every(({ params }) => params.warmup < params.epochs)).toBe(true);
  });

  it("ends when every allowed configuration was tried", async () => {
    const { trials, reason } = await fmin(({ warmup }) => warmup, space, {
      ...options,
      maxTrials: 100,
      where: "warmup * epochs == 12",
    });
    expect([trials.length, reason]).toEqual([6, "exhausted"]);
  });

  it.each([
    ["grid", grid()],
    ["a grid of what is left", partial({ batch: 1 }, grid())],
  ])("asks what is allowed of %s once, not anew for every trial", async (_, sampler) => {
    const wide = { warmup: hp.uniformint(1, 40), epochs: hp.uniformint(1, 40), batch: hp.uniformint(1, 2) };
    let asked = 0;
    const where = ({ warmup, epochs }: { readonly warmup: number; readonly epochs: number }): boolean => {
      asked++;
      return warmup === epochs;
    };
    const { trials } = await fmin(({ warmup }) => warmup, wide, { sampler, where, maxTrials: 40 });
    expect(trials).toHaveLength(40);
    expect(asked).toBeLessThan(2 * 40 * 40 * 2);
  });

  it("goes on with what it stored, and says what is another relation", async () => {
    const store = memoryStore();
    const study = await createStudy({ ...options, store, where: "warmup<epochs" });
    expect((await study.refresh()).where).toEqual(["warmup<epochs"]);
    const again = await openStudy({ name: "s", store, where: ["warmup < epochs"] });
    for (let trial = 0; trial < 9; trial++) {
      const asked = await again.ask();
      const { warmup, epochs } = (asked?.params ?? {}) as { warmup: number; epochs: number };
      expect(warmup).toBeLessThan(epochs);
      await again.tell(trial, warmup);
    }
    for (let trial = 0; trial < 9; trial++) {
      expect(await again.replay(trial)).toEqual(await study.replay(trial));
    }
    expect(await rejectionOf(() => openStudy({ name: "s", store, where: [] }))).toMatchObject({
      code: "STUDY_CHANGED",
      message: expect.stringContaining("  where: warmup<epochs -> nothing"),
    });
    expect(await rejectionOf(() => openStudy({ name: "s", store, where: () => true }))).toMatchObject({
      message: expect.stringContaining("  where: warmup<epochs -> a function"),
    });
  });

  it("must be given its function again", async () => {
    const store = memoryStore();
    await createStudy({ ...options, store, where: ({ warmup }) => warmup < 3 });
    expect(await rejectionOf(() => openStudy({ name: "s", store }))).toMatchObject({
      code: "OPTION_INVALID",
      message: 'study "s" was begun with a function as `where`, and none is given now',
      hint: expect.stringContaining("again"),
    });
    const again = await openStudy({ name: "s", store, space, where: ({ warmup }) => warmup < 3 });
    expect((await again.ask())?.params).toMatchObject({ warmup: expect.toSatisfy((value: number) => value < 3) });
  });

  it("refuses params that a relation forbids, with the values that do", async () => {
    const study = await createStudy({ ...options, where: ["epochs > 0", "warmup < epochs"] });
    const refusal = { code: "PARAMS_INVALID", message: expect.stringContaining('{"warmup":9,"epochs":4}') };
    expect(await rejectionOf(() => study.enqueue({ warmup: 9, epochs: 4 }))).toMatchObject(refusal);
    expect(await rejectionOf(() => study.enqueue({ warmup: 9, epochs: 4 }, { loss: 1 }))).toMatchObject(refusal);
    expect(await study.enqueue({ warmup: 3, epochs: 4 })).toBe(0);
  });

  it("is not begun where next to nothing is allowed, or a relation is wrong", async () => {
    const store = memoryStore();
    const wrong = [
      ["warmup > 20", 'where: none of the 420 configurations of the space satisfies "warmup > 20"'],
      ["warmup < epoch", 'where: "warmup < epoch", column 10: there is no param "epoch" (did you mean "epochs"?)'],
      [3, "where: expected an expression, a list of expressions or a function, received 3"],
      [() => undefined, "where: expected the function to give true or false, received undefined for"],
      [
        () => {
          throw new Error("oh");
        },
        "where: the function threw for",
      ],
    ] as const;
    for (const [where, message] of wrong) {
      // What a caller without types may give.
      const error = await rejectionOf(() => createStudy({ ...options, store, where: where as string }));
      expect(error).toMatchObject({ code: "OPTION_INVALID", message: expect.stringContaining(message) });
    }
    expect(await store.listStudies()).toEqual([]);
  });

  it.each([
    ["partial", partial({ warmup: 9 }, random())],
    ["partial", partial({ warmup: 9, epochs: 2 }, random())],
    ["grid", grid({ steps: { warmup: 1, epochs: 1 } })],
  ])("is not begun with a %s that reaches nothing which is allowed", async (name, sampler) => {
    const store = memoryStore();
    const where = ["warmup < epochs", "epochs < 9"];
    expect(await rejectionOf(() => createStudy({ ...options, store, sampler, where }))).toMatchObject({
      code: "OPTION_INVALID",
      message: `where: the sampler "${name}" finds nothing that satisfies "warmup < epochs" and "epochs < 9"`,
    });
    expect(await store.listStudies()).toEqual([]);
  });

  it("refuses a sampler that proposes what is not allowed", async () => {
    const warmups = [3, 9];
    const careless: Sampler = {
      ...random(),
      propose: ({ trialNumber }) => ({ kind: "try", assignment: { warmup: warmups[trialNumber] ?? 0, epochs: 4 } }),
    };
    const study = await createStudy({ ...options, sampler: careless, where: "warmup < epochs" });
    await study.ask();
    expect(await rejectionOf(() => study.ask())).toMatchObject({
      message: expect.stringMatching(/the sampler "random" proposed what may not be tried: .*warmup < epochs/),
    });
  });
});
