import { describe, expect, it } from "vitest";
import {
  createStudy,
  fmin,
  grid,
  hp,
  openOrCreateStudy,
  openStore,
  openStudy,
  partial,
  random,
  type Store,
  type Study,
  tpe,
} from "../../src/index.ts";

const space = { x: hp.uniform(0, 1) };
const circular: { x: unknown } = { x: hp.uniform(0, 1) };
circular.x = { circular };

describe("what comes in at the door", () => {
  it.each([
    [{ maxTrial: 5 }, 'maxTrial: there is no such option (did you mean "maxTrials"?)'],
    [{ on: { setled: () => undefined } }, 'there is no event "setled" (did you mean "settled"?)'],
    [{ on: { settled: 3 } }, 'the listener of "settled": expected a function, received 3'],
    [{ on: null }, "on: expected an object of listeners by event, received null"],
    [{ on: () => undefined }, "on: expected an object of listeners by event, received a function"],
    [{ space: { y: hp.uniform(0, 1) } }, "space: expected none, or the second argument again, received {"],
    [{ sampler: "tpe" }, "sampler: expected a sampler such as auto()"],
    [{ pruner: "median" }, "pruner: expected a pruner such as none()"],
    [{ trialTimeoutMs: Number.POSITIVE_INFINITY }, "trialTimeoutMs: expected milliseconds above 0"],
    [{ maxTrials: 0 }, "maxTrials: expected an integer from 1"],
    [{ seed: 0.5 }, "seed: expected an integer, 0 or above, received 0.5"],
    [{ seed: -1 }, "seed: expected an integer, 0 or above, received -1"],
    [{ direction: "up" }, "direction: expected"],
    [{ metric: 5 }, "metric: expected the name of a figure, received 5"],
    [{ store: 7 }, "store: expected a location, or an open store, received 7"],
    [{ store: new URL("redis://me:secret@host") }, 'an open store, received URL "redis://me:***@host"'],
  ])("refuses %j", async (options, message) => {
    const refused = fmin(({ x }) => x, space, { maxTrials: 1, ...(options as object) });
    await expect(refused).rejects.toMatchObject({ code: "OPTION_INVALID", message: expect.stringContaining(message) });
  });

  it.each([
    [null, {}, "objective: expected a function"],
    ["x", {}, "objective: expected a function"],
    [() => 1, { parallelism: 0 }, "parallelism: expected an integer from 1 to 100000, received 0"],
    [() => 1, { parallelism: 1e9 }, "parallelism: expected an integer from 1 to 100000, received 1000000000"],
    [() => 1, { signal: 3 }, "signal: expected an AbortSignal"],
  ])("refuses the objective %s with %j", async (objective, options, message) => {
    const refused = fmin(objective as never, space, { maxTrials: 1, ...(options as object) });
    await expect(refused).rejects.toMatchObject({ code: "OPTION_INVALID", message: expect.stringContaining(message) });
  });

  it.each([null, undefined, "a", 7])("refuses %s for the options of a study", async (options) => {
    const refused = { code: "OPTION_INVALID", message: expect.stringContaining("options: expected an object") };
    for (const open of [createStudy, openStudy, openOrCreateStudy]) {
      await expect(open(options as never)).rejects.toMatchObject(refused);
    }
  });

  it.each([
    ["a Promise that nobody waited for", Promise.resolve({ maxTrials: 1 }), "Promise {}"],
    ["a Map", new Map([["maxTrials", 1]]), "Map {}"],
    ["an object whose options are its prototype's", Object.create({ maxTrials: 1 }), "{}"],
  ])("takes none of the options of %s, and says so", async (_what, options, shown) => {
    const refused = (what: string) => ({ code: "OPTION_INVALID", message: `${what}, received ${shown}` });
    const swallowed = refused("options: expected an object");
    await expect(fmin(({ x }) => x, space, options as never)).rejects.toMatchObject(swallowed);
    await expect((await createStudy({ space })).configure(options as never)).rejects.toMatchObject(swallowed);
    const deaf = fmin(({ x }) => x, space, { maxTrials: 1, on: options as never });
    await expect(deaf).rejects.toMatchObject(refused("on: expected an object of listeners by event"));
    expect(() => tpe(options as never)).toThrow(
      expect.objectContaining(refused("tpe: expected its options as an object")),
    );
  });

  it("names the options there are, where none is like the one given", async () => {
    const none = { code: "OPTION_INVALID", hint: expect.stringMatching(/^Options are name, .*sampler, .*maxTrials/) };
    await expect(fmin(() => 1, space, { concurrency: 4 } as never)).rejects.toMatchObject(none);
    await expect(fmin(() => 1, space, { maxTrial: 4 } as never)).rejects.toMatchObject({ hint: undefined });
  });

  it.each([
    ["a circular one", circular],
    ["a bigint", { x: 10n }],
  ])("refuses a space that is none wherever it comes in: %s", async (_, none) => {
    const store = await openStore("memory:");
    await createStudy({ name: "a", space, store });
    const refused = { code: "SPACE_INVALID" };
    await expect(fmin(() => 1, none as never, { maxTrials: 1 })).rejects.toMatchObject(refused);
    await expect(createStudy({ name: "b", store, space: none as never })).rejects.toMatchObject(refused);
    for (const name of ["a", "b"]) {
      await expect(openOrCreateStudy({ name, store, space: none as never })).rejects.toMatchObject(refused);
    }
    await expect(openStudy({ name: "a", store, space: none as never })).rejects.toMatchObject(refused);
  });

  it.each([
    [partial({ y: 1 }, random()), 'partial: the space has no "y"'],
    [partial({ x: 2 }, random()), "partial x: expected a number from 0 to 1, received 2"],
    [grid({ steps: { y: 3 } }), 'grid steps: the space has no "y"'],
  ])("begins no study with a sampler that does not fit the space: $options", async (sampler, message) => {
    const store = await openStore("memory:");
    const refused = fmin(({ x }) => x, space, { maxTrials: 1, store, sampler });
    await expect(refused).rejects.toMatchObject({ code: "OPTION_INVALID", message });
    expect(await store.listStudies()).toEqual([]);
    expect((await fmin(({ x }) => x, space, { maxTrials: 1, store })).trials).toHaveLength(1);
  });

  it("leaves out what is undefined, a listener too", async () => {
    const given = { maxTrials: 1, seed: undefined, parallelism: undefined, on: { settled: undefined } };
    expect((await fmin(({ x }) => x, space, given as object)).trials).toHaveLength(1);
  });

  const executor = {
    slots: 1,
    evaluate: () => Promise.reject(new Error("not evaluated")),
    close: async () => undefined,
  };

  it.each<[string, (study: Study<{ x: number }>, store: Store) => unknown, string]>([
    [
      "createStudy",
      (_, store) => createStudy({ name: "b", space, store, parallelism: 2 } as never),
      "parallelism: there",
    ],
    [
      "openStudy",
      (_, store) => openStudy({ name: "a", store, sead: 4 } as never),
      'sead: there is no such option (did you mean "seed"?)',
    ],
    [
      "configure",
      (study) => study.configure({ maxTrails: 3 } as never),
      'maxTrails: there is no such option (did you mean "maxTrials"?)',
    ],
    [
      "optimize",
      (study) => study.optimize(({ x }) => x, { paralellism: 3 } as never),
      'paralellism: there is no such option (did you mean "parallelism"?)',
    ],
    ["optimize", (study) => study.optimize(({ x }) => x, null as never), "options: expected an object, received null"],
    [
      "drive",
      (study) => study.drive(7 as never),
      "evaluator: expected an executor such as processPool(...), or a fleet, received 7",
    ],
    [
      "drive",
      (study) => study.drive(executor, { leaseMs: -1 }),
      "leaseMs: expected milliseconds from 1 to 2147483647, received -1",
    ],
    [
      "drive",
      (study) => study.drive(executor, { leaseMs: Number.NaN }),
      "leaseMs: expected milliseconds from 1 to 2147483647, received NaN",
    ],
    [
      "drive",
      (study) => study.drive(executor, { leaseMs: 0 }),
      "leaseMs: expected milliseconds from 1 to 2147483647, received 0",
    ],
    [
      "drive",
      (study) => study.drive(executor, { keepModels: 0 }),
      "keepModels: expected an integer from 1, or null, received 0",
    ],
    [
      "drive",
      (study) => study.drive(executor, { version: 5 as never }),
      "version: expected a hash as text, or null, received 5",
    ],
    [
      "drive",
      (study) => study.drive(executor, { joins: true } as never),
      'joins: there is no such option (did you mean "join"?)',
    ],
    [
      "ask",
      (study) => study.ask({ leaseMs: -5 }),
      "leaseMs: expected a finite number of milliseconds from 1, received -5",
    ],
    [
      "ask without an end",
      (study) => study.ask({ leaseMs: Number.POSITIVE_INFINITY }),
      "leaseMs: expected a finite number of milliseconds from 1, received Infinity",
    ],
    ["ask", (study) => study.ask({ lease: 5 } as never), "lease: there is no such option"],
    [
      "enqueue",
      (study) => study.enqueue({ x: 0.5 }, { los: 1 } as never),
      'los: there is no such option (did you mean "loss"?)',
    ],
    [
      "takeFrom",
      (study, store) => study.takeFrom("b", { stores: store } as never),
      'stores: there is no such option (did you mean "store"?)',
    ],
    [
      "takeFrom",
      (study) => study.takeFrom("b", { store: 3 as never }),
      "store: expected a location, or an open store, received 3",
    ],
    [
      "drive",
      (study) => study.drive({ slots: 1, close: async () => undefined } as never),
      "evaluator: expected an executor such as processPool(...), or a fleet, received {",
    ],
    [
      "drive without a slot",
      (study) => study.drive({ ...executor, slots: 0 }),
      "slots of the executor: expected an integer from 1, received 0",
    ],
    [
      "drive with slots that are no number",
      (study) => study.drive({ ...executor, slots: Number.NaN }),
      "slots of the executor: expected an integer from 1, received NaN",
    ],
    ["drive", (study) => study.drive({ slots: async () => 1, deliver: 5 } as never), "evaluator: expected an executor"],
    [
      "test",
      (study) => study.test({ ...executor, slots: 0 }, 0),
      "slots of the executor: expected an integer from 1, received 0",
    ],
    [
      "optimize",
      (study) => study.optimize(executor as never),
      "objective: expected a function, or { evaluate, test }, received an executor",
    ],
    ["on", (study) => study.on(undefined as never, () => undefined), "there is no event undefined"],
    ["on", (study) => study.on({ a: 1 } as never, () => undefined), 'there is no event {"a":1}'],
    ["takeFrom", (study) => study.takeFrom({ a: 1 } as never), "study name: expected 1 to 120 characters"],
    ["openStudy", () => openStudy({ name: Symbol("a") as never, store: "memory:" }), "received Symbol(a)"],
    ["off", (study) => study.off("setled" as never, () => undefined), 'there is no event "setled" (did you mean'],
    ["off", (study) => study.off("settled", undefined as never), 'the listener of "settled": expected a function'],
    ["cancel", (study) => study.cancel(undefined), "cancel: expected the number of a trial"],
  ])(
    "%s refuses what it would have ignored, or never ended with, and changes nothing (%#)",
    async (_, act, message) => {
      const store = await openStore("memory:");
      const study = await createStudy({ name: "a", space, store, maxTrials: 2 });
      const refused = { code: "OPTION_INVALID", message: expect.stringContaining(message) };
      await expect((async () => act(study, store))()).rejects.toMatchObject(refused);
      expect([await store.listStudies(), await study.trials()]).toEqual([[await study.refresh()], []]);
      expect(await study.refresh()).toMatchObject({ control: "running", settings: { maxTrials: 2 } });
    },
  );

  it("names the way to run an executor that is given as the objective, and begins no study for it", async () => {
    const store = await openStore("memory:");
    const refused = { code: "OPTION_INVALID", hint: "Run trials on an executor with study.drive(executor)." };
    await expect(fmin(executor as never, space, { store, maxTrials: 1 })).rejects.toMatchObject(refused);
    expect(await store.listStudies()).toEqual([]);
  });

  it("refuses a listener of an event that there is not", async () => {
    const study = await createStudy({ space });
    const refused = { code: "OPTION_INVALID", message: 'there is no event "setled" (did you mean "settled"?)' };
    expect(() => study.on("setled" as never, () => undefined)).toThrow(expect.objectContaining(refused));
  });
});
