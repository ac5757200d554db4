import { describe, expect, it } from "vitest";
import { createStudy, hp } from "../../src/index.ts";

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
