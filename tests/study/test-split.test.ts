import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createStudy, hp, openStore, type TrialContext } from "../../src/index.ts";
import { failsOnce } from "./fails-once.ts";

const space = { x: hp.uniform(0, 1) };
const identity = ({ x }: { readonly x: number }) => x;

describe("the sealed test", () => {
  it("is taken once for the best trial, and a repeat gives the stored figures", async () => {
    let taken = 0;
    const objective = {
      evaluate: ({ x }: { readonly x: number }) => x,
      test: ({ x }: { readonly x: number }) => ({ metrics: { accuracy: 1 - x + 0 * taken++ } }),
    };
    const study = await createStudy({ space, maxTrials: 5 });
    await study.optimize(objective);
    const first = await study.test(objective);
    expect(first).toMatchObject({ trial: (await study.best())?.number, times: 1 });
    expect(await study.test(objective)).toEqual(first);
    expect(taken).toBe(1);
    const other = (await study.trials()).find((trial) => trial.number !== first.trial);
    await expect(study.test(({ x }) => x, other?.number)).rejects.toMatchObject({ code: "NO_TEST" });
  });

  it("leaves no checkpoint of its own: nothing goes on from it", async () => {
    const store = await openStore("memory:");
    const study = await createStudy({ space, store, maxTrials: 1 });
    const test = async (_params: unknown, { checkpoint }: TrialContext) => {
      await checkpoint.save(0, new Uint8Array([1]));
      return { metrics: { accuracy: 1 } };
    };
    const objective = { evaluate: identity, test };
    await study.optimize(objective);
    await study.test(objective);
    expect(await store.artifacts.list((await study.refresh()).id)).toEqual([]);
  });

  it("waits for a store that is away when the figures come, and loses none", async () => {
    const store = failsOnce(await openStore("memory:"), "recordTest");
    const study = await createStudy({ space, store, maxTrials: 1 });
    await study.optimize(identity);
    let taken = 0;
    const objective = { evaluate: identity, test: () => ({ metrics: { taken: ++taken } }) };
    expect(await study.test(objective)).toMatchObject({ metrics: { taken: 1 }, times: 1 });
  });

  it("gives its figures where what the test left behind cannot be removed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "parzen-test-split-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const store = await openStore(join(folder, "study.db"));
    onTestFinished(() => store.close());
    const study = await createStudy({ name: "kept", space, store, maxTrials: 1 });
    const { id } = await store.findStudy("kept").then((found) => found ?? expect.fail("no study"));
    const files = store.artifacts.of(id, 0, 1);
    await study.optimize(async ({ x }, { artifacts }) => {
      await artifacts.write("model", new Uint8Array([1]));
      return x;
    });
    const test = () => {
      const directory = files.directory ?? expect.fail("no directory");
      rmSync(directory, { recursive: true });
      writeFileSync(directory, "a file cannot be listed");
      return { metrics: { accuracy: 0.5 } };
    };
    expect(await study.test({ evaluate: identity, test })).toMatchObject({ metrics: { accuracy: 0.5 } });
  });

  it("reads what the attempt kept that ended the trial, also in a directory", async () => {
    const folder = mkdtempSync(join(tmpdir(), "parzen-test-split-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const store = await openStore(join(folder, "study.db"));
    onTestFinished(() => store.close());
    const study = await createStudy({ space, store, maxTrials: 1, errorRetries: 1 });
    await study.optimize(async ({ x }, { artifacts, attempt }) => {
      const before = await artifacts.read("model");
      await artifacts.write("model", new Uint8Array([...(before ?? []), attempt]));
      if (attempt === 1) throw new Error("once");
      return x;
    });
    const test = async (_params: unknown, { artifacts }: TrialContext) => {
      const [first = 0, second = 0] = (await artifacts.read("model")) ?? [];
      return { metrics: { first, second } };
    };
    expect(await study.test({ evaluate: identity, test })).toMatchObject({ metrics: { first: 1, second: 2 } });
  });

  it("is refused without an objective that could be tested", async () => {
    const study = await createStudy({ space });
    await study.enqueue({ x: 0.5 }, { loss: 1 });
    const message = "objective: expected a function, or { evaluate, test }, received undefined";
    await expect(study.test(undefined as never)).rejects.toMatchObject({ code: "OPTION_INVALID", message });
  });

  it("is refused for a number that no trial holds, and for a trial that is not complete, with its state", async () => {
    const study = await createStudy({ name: "tested", space });
    const none = { code: "NO_TEST", message: 'study "tested" has no complete trial to test' };
    await expect(study.test(identity)).rejects.toMatchObject(none);
    await study.enqueue({ x: 0.5 });
    const queued = 'trial 0 of study "tested" is queued; only a complete one can be tested';
    await expect(study.test(identity, 0)).rejects.toMatchObject({ code: "NO_TEST", message: queued });
    const message = 'the study "tested" has no trial 99';
    await expect(study.test(identity, 99)).rejects.toMatchObject({ code: "TRIAL_NOT_FOUND", message });
  });
});
