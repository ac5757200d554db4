import { describe, expect, it } from "vitest";
import { createStudy, hp, type Study } from "../../src/index.ts";

const space = { x: hp.uniform(0, 1) };

/** Data that is not there: each trial would fail. */
class Broken {
  isMended = false;
  checks = 0;
  trials = 0;

  check(): void {
    this.checks++;
    if (!this.isMended) throw new Error("the data is not there");
  }

  evaluate({ x }: { readonly x: number }): number {
    this.trials++;
    return x;
  }

  test(): { readonly metrics: { readonly accuracy: number } } {
    return { metrics: { accuracy: 1 } };
  }
}

type X = Study<{ readonly x: number }>;

/** How a study came to rest that has one trial left, and goes on as soon as somebody runs it. */
const RESTING: readonly [string, (study: X) => Promise<unknown>][] = [
  ["was stopped", (study) => study.stop()],
  ["was cancelled", (study) => study.cancel()],
  ["has given out its last number, to a trial that waits", (study) => study.enqueue({ x: 0.5 })],
  ["paused itself", (study) => study.optimize(() => Number.NaN).then(() => study.configure({ maxTrials: 2 }))],
];

describe("the check of an objective", () => {
  it.each(RESTING)("comes before the next trial of a study that %s", async (_, rest) => {
    const study = await createStudy({ space, maxTrials: 1, maxFailures: 1 });
    await rest(study);
    const objective = new Broken();
    await expect(study.optimize(objective)).rejects.toThrow("the data is not there");
    expect(objective.trials).toBe(0);
    objective.isMended = true;
    expect(await study.optimize(objective)).toBe("maxTrials");
    expect(objective).toMatchObject({ checks: 2, trials: 1 });
  });

  it("is not asked for by a study that is finished, also one that was stopped since", async () => {
    const study = await createStudy({ space, targetLoss: 1 });
    await study.optimize(({ x }) => x);
    const objective = new Broken();
    expect(await study.optimize(objective)).toBe("targetLoss");
    await study.stop();
    expect(await study.optimize(objective)).toBe("targetLoss");
    expect(objective.checks).toBe(0);
  });
});
