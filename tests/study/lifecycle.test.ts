import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  createStudy,
  hp,
  none,
  openOrCreateStudy,
  openStore,
  openStudy,
  partial,
  random,
  type Sampler,
} from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-life-"));
afterAll(() => rmSync(folder, { recursive: true }));

const space = { x: hp.uniform(0, 1) };
const mine: Sampler = { ...random(), name: "mine" };
const identity = ({ x }: { readonly x: number }) => x;

const CIRCULAR: Record<string, unknown> = { depth: 2 };
CIRCULAR["self"] = CIRCULAR;

describe("a study in its store", () => {
  it.each(["", "sqlite:"])("that is not there is not opened, and no file is made for it: %s", async (scheme) => {
    const store = join(folder, "typo", "none.db");
    const refused = openStudy({ name: "two", store: `${scheme}${store}` });
    await expect(refused).rejects.toMatchObject({ code: "STUDY_NOT_FOUND" });
    expect(existsSync(join(folder, "typo"))).toBe(false);
  });

  it("continues to a larger total, and does nothing once finished", async () => {
    const store = join(folder, "total.db");
    const options = { name: "total", space, store, seed: 1 };
    const run = async (maxTrials: number) => {
      const study = await openOrCreateStudy({ ...options, maxTrials });
      await study.optimize(identity);
      const trials = await study.trials();
      await study.close();
      return trials;
    };
    const [ten, again, more] = [await run(10), await run(10), await run(15)];
    expect([ten.length, again.length, more.length]).toEqual([10, 10, 15]);
    expect(again).toEqual(ten);
    expect(more.slice(0, 10)).toEqual(ten);
  });

  it("is refused with another space, seed, direction or sampler, each change named", async () => {
    const store = await openStore("memory:");
    await createStudy({ name: "one", space, store });
    const other = { name: "one", store, space: { x: hp.uniform(0, 2) }, seed: 4, sampler: random() } as const;
    await expect(openStudy(other)).rejects.toThrow(
      /x: uniform \[0, 1\] -> uniform \[0, 2\]\n {2}seed: 0 -> 4\n {2}sampler: auto v\d+ \{\} -> random v1 \{\}$/,
    );
    await expect(createStudy({ name: "one", space, store })).rejects.toMatchObject({ code: "STUDY_EXISTS" });
    await expect(openStudy({ name: "two", store })).rejects.toMatchObject({ code: "STUDY_NOT_FOUND" });
  });

  it("is refused where a sampler differs far inside its options only", async () => {
    const store = await openStore("memory:");
    const fixed = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`p${index}`, 0.5]));
    const wide = Object.fromEntries(Object.keys(fixed).map((name) => [name, hp.uniform(0, 1)]));
    await createStudy({ name: "deep", space: wide, store, sampler: partial(fixed, random()) });
    const changed = { name: "deep", store, sampler: partial({ ...fixed, p29: 0.25 }, random()) };
    await expect(openStudy(changed)).rejects.toMatchObject({ code: "STUDY_CHANGED" });
    await openStudy({ ...changed, sampler: partial(fixed, random()) });
  });

  it.each([
    [
      "without its sampler",
      { maxTrials: 7 },
      { message: expect.stringContaining('its own sampler: unknown sampler "mine"') },
    ],
    [
      "with a name for a sampler",
      { maxTrials: 7, sampler: "tpe" },
      { message: 'sampler: expected a sampler such as auto(), received "tpe"' },
    ],
    [
      "with a sampler of no version",
      { maxTrials: 7, sampler: { ...random(), version: undefined } },
      { message: "sampler.version: expected an integer from 0, received undefined" },
    ],
    [
      "with a pruner of no options",
      { maxTrials: 7, sampler: mine, pruner: { name: "mine", judge: () => "continue" } },
      { message: "pruner.options: expected an object, {} for none, received undefined" },
    ],
    [
      "with a pruner of options that no store keeps",
      { maxTrials: 7, sampler: mine, pruner: { ...none(), options: CIRCULAR } },
      { message: 'pruner.options: expected JSON, received {"depth":2,"self":[circular]}' },
    ],
    [
      "with a sampler of options that no store keeps",
      { maxTrials: 7, sampler: { ...mine, options: { most: 5n } } },
      { message: expect.stringContaining("sampler.options: expected JSON, received ") },
    ],
  ])("stays as it was where it cannot be opened: %s", async (_, given, error) => {
    const store = await openStore("memory:");
    await createStudy({ name: "own", space, store, sampler: mine, maxTrials: 3 });
    const refused = { code: "OPTION_INVALID", ...error };
    await expect(openStudy({ name: "own", store, ...(given as object) })).rejects.toMatchObject(refused);
    expect((await store.findStudy("own"))?.settings.maxTrials).toBe(3);
    const opened = await openStudy({ name: "own", store, sampler: mine, maxTrials: 7 });
    expect([opened.sampler, (await opened.refresh()).settings.maxTrials]).toEqual([mine, 7]);
  });

  it("keeps the sampler that it was begun with", async () => {
    const store = await openStore("memory:");
    await createStudy({ name: "kept", space, store, sampler: random() });
    expect((await openStudy({ name: "kept", store })).sampler.name).toBe("random");
  });
});

describe("a study that ended early", () => {
  it("goes on when it is run again, after it was stopped and after it paused for failing", async () => {
    const study = await createStudy({ space, maxTrials: 8 });
    study.on("settled", ({ trial }) => trial.number === 1 && void study.stop());
    expect(await study.optimize(identity)).toBe("stopped");
    const always = (): number => {
      throw new Error("always");
    };
    expect(await study.optimize(always)).toBe("maxTrials");
    await study.configure({ maxTrials: 30, maxFailures: 7 });
    expect([await study.optimize(always), (await study.refresh()).control]).toEqual(["failing", "paused"]);
    expect([await study.optimize(identity), (await study.refresh()).control]).toEqual(["maxTrials", "running"]);
  });

  it("goes on when it is run again that was interrupted while it failed and a trial still ran", async () => {
    const study = await createStudy({ space, maxTrials: 8 });
    const stop = new AbortController();
    study.on("settled", ({ trial }) => trial.number === 5 && stop.abort());
    const failing = async (
      _: unknown,
      { number, signal }: { readonly number: number; readonly signal: AbortSignal },
    ) => {
      if (number > 0) throw new Error("always");
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      return 1;
    };
    expect(await study.optimize(failing, { parallelism: 2, signal: stop.signal })).toBe("interrupted");
    expect([await study.optimize(identity), (await study.refresh()).control]).toEqual(["maxTrials", "running"]);
  });
});

it("tells how a sampler that chooses proposes: at first, and when it chooses otherwise", async () => {
  const told: string[] = [];
  const wavering: Sampler = { ...random(), describe: ({ observations }) => (observations.length < 3 ? "a" : "b") };
  const study = await createStudy({ space, maxTrials: 6, sampler: wavering });
  study.on("sampling", ({ how }) => told.push(how));
  await study.optimize(({ x }) => x);
  expect(told).toEqual(["a", "b"]);
});

it("tells as best, of two with the same loss, the earlier one, whichever ends first", async () => {
  const study = await createStudy({ space, maxTrials: 2 });
  const told: unknown[] = [];
  const ended = new Promise<void>((resolve) => {
    study.on("settled", ({ trial, isBest }) => {
      told.push([trial.number, isBest]);
      resolve();
    });
  });
  await study.optimize(async (_, { number }) => (number === 0 ? ended.then(() => 1) : 1), { parallelism: 2 });
  expect(told).toEqual([
    [1, true],
    [0, true],
  ]);
  expect((await study.best())?.number).toBe(0);
});

describe("events", () => {
  it("tells of starts, reports, ends and the best, in the study's own direction", async () => {
    const study = await createStudy({ space, maxTrials: 3, direction: "maximize", seed: 1 });
    const heard: unknown[] = [];
    study.on("started", ({ number }) => heard.push(["started", number]));
    study.on("reported", ({ number, value }) => heard.push(["reported", number, value]));
    study.on("settled", ({ trial, isBest }) => heard.push(["settled", trial.number, trial.state, isBest]));
    await study.optimize(async (_params, trial) => {
      await trial.report(0, trial.number);
      return [1, 3, 2][trial.number] ?? 0;
    });
    expect(heard).toEqual([
      ...[
        ["started", 0],
        ["reported", 0, 0],
        ["settled", 0, "complete", true],
      ],
      ...[
        ["started", 1],
        ["reported", 1, 1],
        ["settled", 1, "complete", true],
      ],
      ...[
        ["started", 2],
        ["reported", 2, 2],
        ["settled", 2, "complete", false],
      ],
    ]);
  });
});
